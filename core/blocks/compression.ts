import * as zlib from 'node:zlib'
import { BLOCK_BYTES } from '../contract/units.ts'

/** What `node:zlib` has from Node 22.15 on; absent in older ones, whatever the types say. */
type Zstd = {
  zstdCompressSync?: (
    bytes: Buffer,
    options: { params: Record<number, number>; chunkSize: number },
  ) => Buffer
  zstdDecompressSync?: (
    bytes: Buffer,
    options: { maxOutputLength: number; chunkSize: number },
  ) => Buffer
}
const native: Zstd = zlib as Zstd

/** ZSTD_c_compressionLevel of the zstd library. */
const LEVEL_PARAMETER = 100
/** Keep a compressed block only if it saves 3 per cent. */
const MOST_KEPT_BYTES = Math.floor(BLOCK_BYTES * 0.97)

/** Whether this runtime can write compressed blocks. Every one can read them. */
export const canCompress = typeof native.zstdCompressSync === 'function'

/**
 * The library hands out a new buffer each time; one chunk a block is all the garbage it makes.
 *
 * @returns null when compressing is not worth it, or not possible in this runtime
 */
export function compress(block: Buffer): Buffer | null {
  if (!native.zstdCompressSync) return null
  const compressed = native.zstdCompressSync(block, {
    params: { [LEVEL_PARAMETER]: 1 },
    chunkSize: BLOCK_BYTES,
  })
  return compressed.length <= MOST_KEPT_BYTES ? compressed : null
}

/** Unpacks one block. @returns it, valid until the next call; null when `encoded` is none */
export type Decoder = (encoded: Buffer) => Uint8Array | null

let decoder: Promise<Decoder> | undefined

/** The runtime's own decoder, or the portable one, which is slower and loaded when first needed. */
export function blockDecoder(): Promise<Decoder> {
  decoder ??= native.zstdDecompressSync
    ? Promise.resolve(nativeDecoder(native.zstdDecompressSync))
    : portableDecoder()
  return decoder
}

function nativeDecoder(decompress: NonNullable<Zstd['zstdDecompressSync']>): Decoder {
  return (encoded) => {
    try {
      return wholeBlock(
        decompress(encoded, { maxOutputLength: BLOCK_BYTES, chunkSize: BLOCK_BYTES }),
      )
    } catch {
      // Whatever zlib does not like about the bytes: they are no compressed block.
      return null
    }
  }
}

/** Node 20 has no zstd of its own. */
export async function portableDecoder(): Promise<Decoder> {
  const { portableZstd } = await import('./portable-zstd.ts')
  const decompress = await portableZstd()
  return (encoded) => wholeBlock(decompress(encoded))
}

function wholeBlock(bytes: Uint8Array): Uint8Array | null {
  return bytes.length === BLOCK_BYTES ? bytes : null
}
