import { ZSTDDecoder } from 'zstddec'
import { BLOCK_BYTES } from '../contract/units.ts'

/*
 * zstd for runtimes without it, as WebAssembly.
 * (1) It works in two buffers of its own memory, made once: what the package's `decode` hands out
 *     is a new array each time, and measured 40 MiB more of memory and a third of the speed.
 * (2) What `decode` here returns is such a buffer: valid until the next call.
 */

type Exports = {
  memory: WebAssembly.Memory
  malloc(bytes: number): number
  /** @returns bytes unpacked, or something larger or below zero: an error */
  ZSTD_decompress(to: number, capacity: number, from: number, bytes: number): number
}

/** @returns unpacks at most a block; the result is empty for what is no compressed data */
export async function portableZstd(): Promise<(encoded: Uint8Array) => Uint8Array> {
  const { memory, malloc, ZSTD_decompress: decompress } = await instantiate()
  const from = malloc(BLOCK_BYTES)
  const to = malloc(BLOCK_BYTES)
  if (from === 0 || to === 0) throw new Error('There is no memory for the portable decoder')
  return (encoded) => {
    if (encoded.length > BLOCK_BYTES) return new Uint8Array()
    // Looked up each time: memory that grows moves.
    new Uint8Array(memory.buffer).set(encoded, from)
    const bytes = decompress(to, BLOCK_BYTES, from, encoded.length)
    if (bytes < 0 || bytes > BLOCK_BYTES) return new Uint8Array()
    return new Uint8Array(memory.buffer, to, bytes)
  }
}

let exports: Promise<Exports> | undefined

/** The package keeps one instance and hands it to nobody: it is caught when it is set up. */
function instantiate(): Promise<Exports> {
  exports ??= new Promise((resolve, reject) => {
    class Catching extends ZSTDDecoder {
      override _init(result: WebAssembly.WebAssemblyInstantiatedSource): void {
        super._init(result)
        resolve(result.instance.exports as Exports)
      }
    }
    withoutFetch(() => new Catching().init()).catch(reject)
  })
  return exports
}

/** The package would read its own bytes through `fetch`, which loads an HTTP client of 9 MiB. */
function withoutFetch<T>(work: () => T): T {
  const { fetch } = globalThis
  Object.assign(globalThis, { fetch: undefined })
  try {
    return work()
  } finally {
    globalThis.fetch = fetch
  }
}
