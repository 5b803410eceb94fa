import { createCipheriv } from 'node:crypto'
import { closeSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs'
import { BLOCK_BYTES } from '../contract/units.ts'
import { Random } from '../lineage/testing/random.ts'

/** What a block of a small image holds. Equal values are equal bytes. */
export type BlockContent =
  /** Never written. */
  | { kind: 'hole' }
  /** Written with zeros. */
  | { kind: 'zeros' }
  /** Random bytes made from a number. */
  | { kind: 'noise'; seed: number }
  /** Text-like bytes that compress well. */
  | { kind: 'text'; seed: number }
  /** One byte of a repeated 16-byte pattern differs by block. */
  | { kind: 'fill'; byte: number }

/** Writes an image of these blocks; the last one may be cut short by `sizeBytes`. */
export function makeImage(
  path: string,
  blocks: readonly BlockContent[],
  sizeBytes = blocks.length * BLOCK_BYTES,
): void {
  const fd = openSync(path, 'w')
  try {
    blocks.forEach((content, index) => {
      if (content.kind === 'hole') return
      const position = index * BLOCK_BYTES
      const length = Math.min(BLOCK_BYTES, sizeBytes - position)
      writeSync(fd, blockBytes(content), 0, length, position)
    })
    ftruncateSync(fd, sizeBytes)
  } finally {
    closeSync(fd)
  }
}

/** The 524,288 bytes of a block. */
export function blockBytes(content: BlockContent): Buffer {
  switch (content.kind) {
    case 'hole':
    case 'zeros':
      return Buffer.alloc(BLOCK_BYTES)
    case 'noise':
      return noise(content.seed, BLOCK_BYTES)
    case 'text':
      return text(content.seed)
    case 'fill':
      return Buffer.alloc(BLOCK_BYTES, patternOf(content.byte))
    default:
      return content satisfies never
  }
}

/** The pattern of a fill block. */
export function patternOf(byte: number): Buffer {
  const pattern = Buffer.alloc(16, 0xa5)
  pattern[7] = byte
  return pattern
}

/** Blocks of all kinds, each but the fills unlike every other. */
export function mixedBlocks(count: number, seed = 5): BlockContent[] {
  const random = new Random(seed)
  return Array.from({ length: count }, (_, i) =>
    random.pick<BlockContent>([
      { kind: 'hole' },
      { kind: 'noise', seed: i },
      { kind: 'noise', seed: i },
      { kind: 'text', seed: i },
      { kind: 'fill', byte: i % 5 },
    ]),
  )
}

/** Damages a file where no error correction would see it. */
export function flipBit(file: string, offset: number): void {
  const fd = openSync(file, 'r+')
  const byte = Buffer.alloc(1)
  readSync(fd, byte, 0, 1, offset)
  byte[0]! ^= 0x10
  writeSync(fd, byte, 0, 1, offset)
  closeSync(fd)
}

/** Bytes that do not compress, the same for the same seed. */
export function noise(seed: number, byteCount: number): Buffer {
  const key = Buffer.alloc(16)
  key.writeDoubleLE(seed)
  return createCipheriv('aes-128-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(byteCount))
}

/** Lines that are alike but for a number, so that they compress well and are no fill. */
function text(seed: number): Buffer {
  const bytes = Buffer.alloc(BLOCK_BYTES, `A line of the text of block ${seed}, which goes on.\n`)
  for (let at = 0; at < bytes.length; at += 4_096) bytes.writeUInt32LE(at + seed, at)
  return bytes
}
