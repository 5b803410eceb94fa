import { execFileSync } from 'node:child_process'
import { symlinkSync, writeFileSync } from 'node:fs'
import type { Scene } from './scene.ts'

/** Root may mount, make devices and become another user. */
export const isRoot = process.getuid?.() === 0

export function fifo(scene: Scene): string {
  const path = scene.path('fifo')
  execFileSync('mkfifo', [path])
  return path
}

/** A device that nothing else uses, so that a test that fails cannot take one from the machine. */
export function device(scene: Scene): string {
  if (!isRoot) return '/dev/zero'
  const path = scene.path('device')
  execFileSync('mknod', [path, 'c', '1', '5'])
  return path
}

export function loop(scene: Scene): string {
  const path = scene.path('loop.img')
  symlinkSync(path, path)
  return path
}

export function danglingLink(scene: Scene): string {
  const path = scene.path('dangling.img')
  symlinkSync(scene.path('nowhere'), path)
  return path
}

export function emptyFile(scene: Scene): string {
  const path = scene.path('empty.img')
  writeFileSync(path, '')
  return path
}

/** A disk of 3 MiB: room for a library and one block, not for the image. Needs root. */
export async function onSmallDisk(
  scene: Scene,
  work: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = scene.folderAt('disk')
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', folder])
  try {
    await work(folder)
  } finally {
    execFileSync('umount', [folder])
  }
}
