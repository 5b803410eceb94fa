import { useLayoutEffect, useState } from 'react'
import type { Motion } from './stage-props.ts'

/** A motion that is being seen, and how far it is. */
export type Play = {
  readonly motion: Motion
  /** Milliseconds since it began; 0 throughout where it is told by an outline instead. */
  readonly elapsedMs: number
  readonly isStill: boolean
}

/** Steps of a motion, one after the other, milliseconds each. */
export const TAKEN_STEPS = { glow: 140, part: 240, line: 160, totals: 80 } as const
export const DELETED_STEPS = { drain: 200, pass: 320, close: 240, totals: 80 } as const
/** Without movement: how long what changed is outlined. */
const OUTLINE_MS = 1_500

/**
 * Plays a motion once, when it comes. The next key or press ends it: nobody has to wait.
 *
 * @param isStill outline what changed instead of moving it
 */
export function useMotion(motion: Motion | null, isStill: boolean): Play | null {
  const [play, setPlay] = useState<Play | null>(null)
  useLayoutEffect(() => {
    if (motion === null) return setPlay(null)
    const began = performance.now()
    const total = isStill ? OUTLINE_MS : totalMs(motion)
    let frame = 0
    const end = () => setPlay(null)
    const tick = () => {
      const elapsedMs = performance.now() - began
      if (elapsedMs >= total) return end()
      setPlay({ motion, elapsedMs, isStill })
      frame = requestAnimationFrame(tick)
    }
    const timer = isStill ? window.setTimeout(end, total) : 0
    if (isStill) setPlay({ motion, elapsedMs: 0, isStill })
    else tick()
    window.addEventListener('keydown', end, { once: true })
    window.addEventListener('pointerdown', end, { once: true })
    return () => {
      cancelAnimationFrame(frame)
      window.clearTimeout(timer)
      window.removeEventListener('keydown', end)
      window.removeEventListener('pointerdown', end)
    }
  }, [motion, isStill])
  return play
}

/**
 * How far each step is, 0 to 1, eased. Before its turn a step is 0, after it 1.
 *
 * @param steps in order
 */
export function progressOf<Name extends string>(
  steps: Readonly<Record<Name, number>>,
  elapsedMs: number,
): Record<Name, number> {
  let begins = 0
  const entries = Object.entries<number>(steps).map(([name, ms]) => {
    const share = Math.min(1, Math.max(0, (elapsedMs - begins) / ms))
    begins += ms
    return [name, share * share * (3 - 2 * share)]
  })
  return Object.fromEntries(entries) as Record<Name, number>
}

export function totalMs(motion: Motion): number {
  const steps: Readonly<Record<string, number>> =
    motion.kind === 'taken' ? TAKEN_STEPS : DELETED_STEPS
  return Object.values(steps).reduce((sum, ms) => sum + ms, 0)
}
