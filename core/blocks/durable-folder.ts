import { closeSync, fsyncSync, openSync } from 'node:fs'
import { unwritable } from './io-errors.ts'

/** Makes names that came or went in `folder` survive a power cut. Windows has no such call. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  try {
    const fd = openSync(folder, 'r')
    try {
      fsyncSync(fd)
    } finally {
      closeSync(fd)
    }
  } catch (error) {
    throw unwritable(error, folder)
  }
}
