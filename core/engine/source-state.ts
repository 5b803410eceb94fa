import { accessSync, constants } from 'node:fs'
import { z } from 'zod'
import type { VolumeRow } from '../catalog/volumes.ts'
import type { VolumeSource } from '../contract/model.ts'
import { changeBetween, type ImageStamp, stampOf } from '../images/image-stamp.ts'

/** A stamp as it is kept: its 64-bit numbers as text. */
const StoredStamp = z.strictObject({
  sizeBytes: z.int(),
  mtimeNs: z.coerce.bigint(),
  ctimeNs: z.coerce.bigint(),
  ino: z.coerce.bigint(),
  dev: z.coerce.bigint(),
})

export function packStamp(stamp: ImageStamp): string {
  return JSON.stringify(stamp, (_, value) => (typeof value === 'bigint' ? String(value) : value))
}

export function unpackStamp(text: string): ImageStamp {
  return StoredStamp.parse(JSON.parse(text))
}

/** What became of a linked volume's file since it was last read. Asks the file system, no more. */
export function sourceOf(row: VolumeRow): VolumeSource | null {
  if (row.sourcePath === null || row.sourceStamp === null) return null
  const seen = unpackStamp(row.sourceStamp)
  return { path: row.sourcePath, sizeBytes: seen.sizeBytes, state: stateOf(row.sourcePath, seen) }
}

function stateOf(path: string, seen: ImageStamp): VolumeSource['state'] {
  const now = stampOf(path)
  if (now === null) return 'missing'
  if (!isReadable(path)) return 'unreadable'
  if (now.sizeBytes > seen.sizeBytes) return 'grown'
  if (now.sizeBytes < seen.sizeBytes) return 'shrunk'
  return changeBetween(seen, now) === null ? 'present' : 'changed'
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK)
    return true
  } catch {
    return false
  }
}
