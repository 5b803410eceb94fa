import { spawnSync } from 'node:child_process'

/** Why processes cannot be stopped at their system calls here; null: they can. */
export function missingForCrashes(): string | null {
  if (process.platform !== 'linux') return 'they need Linux'
  const tried = spawnSync('strace', ['-f', '-e', 'trace=none', 'true'], { encoding: 'utf8' })
  if (tried.error !== undefined) return 'they need the program strace'
  return tried.status === 0 ? null : `strace may not trace here (${tried.stderr.trim()})`
}

/** Why nothing can be mounted here; null: it can. */
export function missingForMounts(): string | null {
  if (process.platform !== 'linux') return 'they need Linux'
  return process.getuid?.() === 0 ? null : 'they need root, to mount'
}
