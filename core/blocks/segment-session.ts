import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { NewSegment } from './scan.ts'

/** A name for the segments of one job, so that they can be told from all others. */
export function newSession(): string {
  return randomBytes(12).toString('hex')
}

/** Removes every segment file of a job, also of threads that died. */
export function removeSession(segmentsDir: string, session: string): void {
  if (!existsSync(segmentsDir)) return
  for (const file of readdirSync(segmentsDir)) {
    if (file.startsWith(`${session}-`)) rmSync(join(segmentsDir, file), { force: true })
  }
}

/**
 * One list of what the threads of a job wrote.
 *
 * @param perThread the segments of each thread, in order of their serial numbers
 */
export function joinSegments(perThread: readonly NewSegment[][]): {
  segments: NewSegment[]
  positionOf: (thread: number, serial: number) => number
} {
  const firstOfThread: number[] = []
  const segments: NewSegment[] = []
  for (const own of perThread) {
    firstOfThread.push(segments.length)
    segments.push(...own)
  }
  return { segments, positionOf: (thread, serial) => firstOfThread[thread]! + serial }
}
