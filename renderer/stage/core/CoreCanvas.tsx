import { useEffect, useMemo, useRef } from 'react'
import type { Moves } from './moves.ts'
import { paintScene } from './paint.ts'
import { type Patterns, patternsOf } from './patterns.ts'
import { type Raster, rasterOf } from './raster.ts'
import { FOOT_HEIGHT, type Scene } from './scene.ts'
import { usePixelRatio } from './use-pixel-ratio.ts'

type Props = {
  scene: Scene
  panX: number
  moves: Moves | null
  summary: string
  onPainted(): void
}

/** The cells. Painted anew once a frame at the most; panning only moves what is already coloured. */
export function CoreCanvas({ scene, panX, moves, summary, onPainted }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const ratio = usePixelRatio()
  const patterns = useRef<{ of: unknown; made: Patterns } | null>(null)
  const used = useRef<Raster | null>(null)
  const raster = useMemo(() => {
    if (scene.shape === 'card') return null
    used.current = rasterOf(scene, ratio, used.current)
    return used.current
  }, [scene, ratio])
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      const element = canvas.current
      const ctx = element?.getContext('2d')
      if (!element || !ctx) return
      fit(element, scene.width, scene.height + FOOT_HEIGHT, ratio)
      ctx.setTransform(ratio, 0, 0, ratio, 0, 0)
      const key = `${ratio} ${scene.palette.canvas}`
      if (patterns.current?.of !== key) {
        patterns.current = { of: key, made: patternsOf(ctx, scene.palette, ratio) }
      }
      paintScene({ ctx, scene, panX, raster, moves, patterns: patterns.current.made })
      onPainted()
    })
    return () => cancelAnimationFrame(frame)
  }, [scene, panX, raster, moves, ratio, onPainted])
  return <canvas ref={canvas} className="core-canvas" role="img" aria-label={summary} />
}

/** Sizes the bitmap to the screen's pixels; setting a size clears it, so only when it changed. */
function fit(element: HTMLCanvasElement, width: number, height: number, ratio: number): void {
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)]
  if (element.width !== w) element.width = w
  if (element.height !== h) element.height = h
  element.style.width = `${width}px`
  element.style.height = `${height}px`
}
