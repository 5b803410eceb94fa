import { type BigIntStats, statSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

/** What tells one state of a file from another, without reading it. */
export type ImageStamp = {
  sizeBytes: number
  mtimeNs: bigint
  /** Changes with every write and cannot be set back by a program. */
  ctimeNs: bigint
  ino: bigint
  dev: bigint
}

/** @returns null when the path names nothing, or nothing that can be asked */
export function stampOf(path: string): ImageStamp | null {
  try {
    return stampFrom(statSync(path, { bigint: true }))
  } catch {
    return null
  }
}

/** Sizes over 2^53 are rounded: a caller that lets them in checks the limit first. */
export function stampFrom(stats: BigIntStats): ImageStamp {
  const { size, mtimeNs, ctimeNs, ino, dev } = stats
  return { sizeBytes: Number(size), mtimeNs, ctimeNs, ino, dev }
}

/** What became of a file between two stamps, in words that follow "it"; null: nothing. */
export function changeBetween(before: ImageStamp, now: ImageStamp | null): string | null {
  const loss = lossBetween(before, now)
  if (loss !== null || now === null) return loss
  if (now.sizeBytes > before.sizeBytes) return `it grew to ${now.sizeBytes} bytes`
  if (now.mtimeNs !== before.mtimeNs) return 'it was written to'
  if (now.ctimeNs !== before.ctimeNs) return 'it was written to, or its name or permissions changed'
  return null
}

/** The same for a file that the program itself writes to, or makes longer. */
export function lossBetween(before: ImageStamp, now: ImageStamp | null): string | null {
  if (!now) return 'it was moved or removed'
  if (now.ino !== before.ino || now.dev !== before.dev) return 'another file took its place'
  if (now.sizeBytes < before.sizeBytes) return `it shrank to ${now.sizeBytes} bytes`
  return null
}

/** Two writes within one tick of the system's clock leave the same time in a file. */
const CLOCK_TICK_MS = 20

/**
 * Waits until a write from now on must change the file's times, so that one while the file is read
 * cannot go unseen behind one just before it.
 */
export async function untilTimesTell(stamp: ImageStamp): Promise<void> {
  const ageMs = Date.now() - Number(stamp.ctimeNs / 1_000_000n)
  if (ageMs >= 0 && ageMs < CLOCK_TICK_MS) await delay(CLOCK_TICK_MS - ageMs)
}
