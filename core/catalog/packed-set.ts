import { type IndexSet, isIndexSet } from '../lineage/index-set.ts'

const WORD_BYTES = 4

/** A set of block indices as a BLOB: its run starts and ends as little-endian 32-bit words. */
export function packSet(set: IndexSet): Buffer {
  const packed = Buffer.alloc(set.length * WORD_BYTES)
  for (const [i, word] of set.entries()) packed.writeUInt32LE(word, i * WORD_BYTES)
  return packed
}

/** @throws Error when the bytes are not such a set */
export function unpackSet(packed: Buffer): IndexSet {
  const words = new Uint32Array(packed.length / WORD_BYTES)
  for (let i = 0; i < words.length; i += 1) words[i] = packed.readUInt32LE(i * WORD_BYTES)
  if (packed.length % WORD_BYTES !== 0 || !isIndexSet(words)) {
    throw new Error(`Not a set of block indices: ${packed.length} bytes`)
  }
  return words
}
