import { useLayoutEffect, useState } from 'react'
import { GENERATION_COUNT } from './colours.ts'

/** Colours for a canvas, as #rrggbb, read from the style sheet of the current theme. */
export type Palette = {
  readonly isDark: boolean
  /** Asked for of the system: nothing is told by a paler colour alone. */
  readonly isHighContrast: boolean
  readonly generations: readonly string[]
} & Readonly<Record<PlainToken, string>>

const PLAIN_TOKENS = [
  'canvas',
  'panel',
  'raise',
  'hair',
  'line',
  'text',
  'sec',
  'fill',
  'rel',
  'stay',
  'new',
  'heir',
  'focus',
  'danger',
] as const
type PlainToken = (typeof PLAIN_TOKENS)[number]

const HIGH_CONTRAST = '(prefers-contrast: more), (forced-colors: active)'

/** @param share of `colour`, 0 to 1; the rest is `over` */
export function mix(colour: string, over: string, share: number): string {
  const [a, b] = [channels(colour), channels(over)]
  const mixed = a.map((value, i) => Math.round(value * share + (b[i] ?? 0) * (1 - share)))
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`
}

/** The one of two inks that is easier to read on `colour`. */
export function inkOn(colour: string): string {
  const light = luminance(colour)
  return (light + 0.05) / 0.05 > 1.05 / (light + 0.05) ? '#0b1018' : '#ffffff'
}

/** Red, green, blue, 0 to 255 each. */
export function channels(colour: string): readonly [number, number, number] {
  const value = Number.parseInt(colour.slice(1, 7), 16)
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255]
}

/** The palette of the theme, read again when the theme changes. */
export function usePalette(): Palette {
  const [palette, setPalette] = useState(readPalette)
  useLayoutEffect(() => {
    const update = () => setPalette(readPalette())
    const watcher = new MutationObserver(update)
    watcher.observe(document.documentElement, {
      attributes: true,
      attributeFilter: ['data-mantine-color-scheme'],
    })
    const contrast = window.matchMedia(HIGH_CONTRAST)
    contrast.addEventListener('change', update)
    update()
    return () => {
      watcher.disconnect()
      contrast.removeEventListener('change', update)
    }
  }, [])
  return palette
}

function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement)
  const read = (name: string) => expand(style.getPropertyValue(`--${name}`).trim())
  const plain = Object.fromEntries(PLAIN_TOKENS.map((token) => [token, read(token)]))
  const generations = Array.from({ length: GENERATION_COUNT }, (_, step) => read(`g${step + 1}`))
  const colours = plain as Record<PlainToken, string>
  return {
    ...colours,
    generations,
    isDark: luminance(colours.canvas) < 0.2,
    isHighContrast: window.matchMedia(HIGH_CONTRAST).matches,
  }
}

/** Style sheets are minified: #ffffff comes back as #fff. Without a style sheet: mid grey. */
function expand(colour: string): string {
  if (/^#[0-9a-f]{6}$/i.test(colour)) return colour
  if (/^#[0-9a-f]{3}$/i.test(colour)) return colour.replace(/[0-9a-f]/gi, (digit) => digit + digit)
  return '#808080'
}

function luminance(colour: string): number {
  const [r, g, b] = channels(colour).map((value) => {
    const c = value / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0)
}
