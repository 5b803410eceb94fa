import { BLOCK_BYTES } from '../../../core/contract/units.ts'
import { formatBytes } from '../../words/byte-format.ts'

/** The part of a volume that is in view: blocks, from the top of the picture to its foot. */
export type BlockWindow = { readonly firstBlock: number; readonly blockCount: number }

export type Tick = { readonly block: number; readonly label: string }

/** Pixels between two labels at the least. */
const TICK_SPACING = 72
const STEPS = [1, 2, 5, 10, 20, 50, 128, 256, 512]

/** Round addresses in the window, and its two ends where nothing is in their way. */
export function ticksOf(window: BlockWindow, height: number): readonly Tick[] {
  const blocksPerPixel = window.blockCount / Math.max(1, height)
  const stepBytes = roundStep(TICK_SPACING * blocksPerPixel * BLOCK_BYTES)
  const startBytes = window.firstBlock * BLOCK_BYTES
  const endBytes = startBytes + window.blockCount * BLOCK_BYTES
  const ticks: Tick[] = []
  for (let at = Math.ceil(startBytes / stepBytes) * stepBytes; at <= endBytes; at += stepBytes) {
    ticks.push(tickAt(at))
  }
  const isFree = (at: number) =>
    ticks.every((t) => Math.abs(t.block * BLOCK_BYTES - at) > stepBytes * 0.4)
  if (isFree(startBytes)) ticks.unshift(tickAt(startBytes))
  if (isFree(endBytes)) ticks.push(tickAt(endBytes))
  return ticks
}

/** Pixels from the top of the picture. */
export function yOf(block: number, window: BlockWindow, height: number): number {
  return ((block - window.firstBlock) / window.blockCount) * height
}

/** The block under `y`, not outside the window. */
export function blockAt(y: number, window: BlockWindow, height: number): number {
  const offset = Math.floor((y / Math.max(1, height)) * window.blockCount)
  return window.firstBlock + Math.min(window.blockCount - 1, Math.max(0, offset))
}

/**
 * The window after zooming about a block. Never wider than the volume, never narrower than
 * `SMALLEST_WINDOW` blocks.
 *
 * @param factor below 1: closer
 */
export function zoomWindow(
  window: BlockWindow,
  aboutBlock: number,
  factor: number,
  volumeBlocks: number,
): BlockWindow {
  const smallest = Math.min(SMALLEST_WINDOW, volumeBlocks)
  const count = Math.round(window.blockCount * factor)
  const blockCount = Math.min(volumeBlocks, Math.max(smallest, count))
  const share = (aboutBlock - window.firstBlock) / window.blockCount
  return slideWindow(
    { firstBlock: Math.round(aboutBlock - share * blockCount), blockCount },
    0,
    volumeBlocks,
  )
}

/** The window moved by blocks, kept inside the volume. */
export function slideWindow(window: BlockWindow, by: number, volumeBlocks: number): BlockWindow {
  const last = Math.max(0, volumeBlocks - window.blockCount)
  const firstBlock = Math.min(last, Math.max(0, window.firstBlock + Math.round(by)))
  return { firstBlock, blockCount: window.blockCount }
}

/** Blocks: fewer than this look like nothing. */
const SMALLEST_WINDOW = 16

function tickAt(bytes: number): Tick {
  return { block: bytes / BLOCK_BYTES, label: bytes === 0 ? '0' : formatBytes(bytes) }
}

/** The first of 1, 2, 5 … 512 of a binary unit, so that steps meet the next unit, from `bytes` on. */
function roundStep(bytes: number): number {
  for (let unit = 2 ** 10; ; unit *= 1024) {
    const step = STEPS.find((s) => s * unit >= bytes)
    if (step !== undefined) return step * unit
  }
}
