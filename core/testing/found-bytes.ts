import { readFileSync } from 'node:fs'
import { filesIn } from './files-in.ts'

const CHUNK_BYTES = 8
const WINDOW_BYTES = 16
const BITS = 24

/**
 * Files in a folder that have any 16 bytes in a row with a secret in common.
 *
 * @param secret without long repeats: each of its aligned 8 bytes is looked for at every offset
 */
export function filesWithBytesOf(folder: string, secret: Buffer): string[] {
  const chunks = new Map<string, number[]>()
  const seen = new Uint8Array(2 ** BITS)
  for (let at = 0; at + CHUNK_BYTES <= secret.length; at += CHUNK_BYTES) {
    const chunk = secret.toString('latin1', at, at + CHUNK_BYTES)
    // Zeros are everywhere and tell nothing.
    if (/^\0+$/.test(chunk)) continue
    chunks.set(chunk, [...(chunks.get(chunk) ?? []).slice(0, 8), at])
    seen[markOf(secret.readInt32LE(at))] = 1
  }
  return filesIn(folder).filter((file) => {
    const bytes = readFileSync(file)
    // Four bytes at a time, rolling: every offset of some ten megabytes is looked at.
    let word = 0
    for (let end = 0; end < bytes.length; end += 1) {
      word = (word >>> 8) | (bytes[end]! << 24)
      if (seen[markOf(word)] === 0) continue
      const at = end - 3
      const places = chunks.get(bytes.toString('latin1', at, at + CHUNK_BYTES)) ?? []
      if (places.some((place) => commonAround(bytes, at, secret, place) >= WINDOW_BYTES))
        return true
    }
    return false
  })
}

function markOf(word: number): number {
  return Math.imul(word, 0x9e3779b1) >>> (32 - BITS)
}

/** How many bytes in a row the two have in common around a place of each. */
function commonAround(one: Buffer, at: number, other: Buffer, place: number): number {
  let before = 0
  while (before < WINDOW_BYTES && at > before && place > before) {
    if (one[at - before - 1] !== other[place - before - 1]) break
    before += 1
  }
  let after = 0
  while (after < WINDOW_BYTES && at + after < one.length && place + after < other.length) {
    if (one[at + after] !== other[place + after]) break
    after += 1
  }
  return before + after
}
