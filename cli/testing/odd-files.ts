import { execFileSync } from 'node:child_process'
import { symlinkSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
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

function emptyFile(scene: Scene): string {
  const path = scene.path('empty.img')
  writeFileSync(path, '')
  return path
}

/** What people may name that holds no bytes to read, with what it is refused as. */
export const oddFiles: { what: string; code: string; make: (scene: Scene) => string }[] = [
  { what: 'nothing', code: 'FILE_MISSING', make: (scene) => scene.path('nowhere.img') },
  { what: 'a folder', code: 'FILE_IS_FOLDER', make: (scene) => scene.folder },
  { what: 'a device', code: 'FILE_IS_DEVICE', make: device },
  { what: 'a FIFO', code: 'FILE_IS_SPECIAL', make: fifo },
  { what: 'a link to itself', code: 'FILE_LINK_LOOP', make: loop },
  { what: 'a link to nothing', code: 'FILE_MISSING', make: danglingLink },
  { what: 'an empty file', code: 'IMAGE_EMPTY', make: emptyFile },
  {
    what: 'an endless name',
    code: 'FILE_NAME_UNUSABLE',
    make: (scene) => scene.path('x'.repeat(300)),
  },
]

/** The part of a path that a message shows in full, however long it is. */
export const nameOf = (path: string) => basename(path).slice(0, 50)

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
