import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, fdatasyncSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Range } from './reclaim.ts'

/**
 * Gives the bytes of ranges back to the file system; the file keeps its length and reads as zeros
 * there. The ranges hold nothing that is needed: the catalog forgot them before.
 *
 * @returns bytes that the file takes less of the disk now, and whether all holes were made
 * @throws signal.reason when aborted; what was punched by then stays punched
 */
export async function punchHoles(
  file: string,
  ranges: readonly Range[],
  signal: AbortSignal,
): Promise<{ freedBytes: number; isWhole: boolean }> {
  const before = allocatedBytesOf(file)
  let isWhole = true
  for (let at = 0; at < ranges.length; at += AT_ONCE) {
    signal.throwIfAborted()
    const some = ranges.slice(at, at + AT_ONCE)
    const done = await Promise.all(some.map(([offset, length]) => punch(file, offset, length)))
    isWhole = !done.includes(false)
    if (!isWhole) break
  }
  return { freedBytes: Math.max(0, before - allocatedBytesOf(file)), isWhole }
}

/** Most of a hole's time is the start of the program that makes it. */
const AT_ONCE = 4
const PROBE_BYTES = 256 * 1024

/**
 * Whether files in `folder` can be punched, by trying: that needs Linux, its `fallocate` program
 * and a file system that can.
 */
export async function canPunchHoles(folder: string): Promise<boolean> {
  if (process.platform !== 'linux') return false
  const probe = join(folder, `.punch-${randomBytes(8).toString('hex')}.probe`)
  try {
    const fd = openSync(probe, 'wx', 0o600)
    try {
      writeSync(fd, Buffer.alloc(PROBE_BYTES, 1))
      fdatasyncSync(fd)
    } finally {
      closeSync(fd)
    }
    const before = allocatedBytesOf(probe)
    return (await punch(probe, 0, PROBE_BYTES)) && allocatedBytesOf(probe) < before
  } finally {
    rmSync(probe, { force: true })
  }
}

/** What a file takes on disk: less than its length when it has holes, nothing when it is lost. */
export function allocatedBytesOf(file: string): number {
  return (statSync(file, { throwIfNoEntry: false })?.blocks ?? 0) * 512
}

/** Node has no call for it, so the program of the system does it. */
function punch(file: string, offset: number, length: number): Promise<boolean> {
  return new Promise((resolve) => {
    const args = ['--punch-hole', '--offset', String(offset), '--length', String(length), file]
    const child = spawn('fallocate', args, { stdio: 'ignore' })
    child.on('error', () => resolve(false))
    child.on('close', (code) => resolve(code === 0))
  })
}
