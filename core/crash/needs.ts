import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LoopDisk } from './loop-disk.ts'

/** Why processes cannot be stopped at their system calls here; null: they can. */
export function missingForCrashes(): string | null {
  if (process.platform !== 'linux') return 'they need Linux'
  const tried = spawnSync('strace', ['-f', '-e', 'trace=none', 'true'], { encoding: 'utf8' })
  if (tried.error !== undefined) return 'they need the program strace'
  return tried.status === 0 ? null : `strace may not trace here (${tried.stderr.trim()})`
}

/** Why no small disk can be mounted here; null: it can. */
export function missingForSmallDisks(): string | null {
  return tried('a tmpfs', (folder) => {
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder])
    if (mounted.status !== 0) throw new Error(String(mounted.stderr))
    spawnSync('umount', [folder])
  })
}

/** Why no file can be mounted as a disk here; null: it can. */
export function missingForLoopDisks(): string | null {
  return tried('a file as a disk', (folder) => {
    LoopDisk.make(join(folder, 'disk'), join(folder, 'mnt'), 8 * 2 ** 20).end()
  })
}

function tried(what: string, mount: (folder: string) => void): string | null {
  if (process.platform !== 'linux') return 'they need Linux'
  if (process.getuid?.() !== 0) return 'they need root, to mount'
  const folder = mkdtempSync(join(tmpdir(), 'strata-mount-'))
  try {
    mount(folder)
    return null
  } catch (error) {
    return `${what} cannot be mounted here (${String(error).trim().split('\n', 1)[0]})`
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
