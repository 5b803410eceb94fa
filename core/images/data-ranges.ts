import { spawn } from 'node:child_process'
import { statSync } from 'node:fs'
import { BLOCK_BYTES } from '../contract/units.ts'

/*
 * Where a sparse file holds data, so that a terabyte of nothing need not be read. Node cannot ask
 * for holes (SEEK_HOLE), but GNU tar does, and writes what it found at the head of its archive,
 * before any data. Only that head is read.
 * (1) A block is left out only where the system itself says that there is a hole: unlike a list of
 *     extents, that includes what was written and is not on the disk yet.
 * (2) Whatever is not as expected (another tar, another system) means: not known, read it all.
 */

/** Holes worth asking about: reading this much takes about as long as asking. */
const WORTH_BYTES = 64 * 2 ** 20
/** A map of more is not waited for: two million pieces of data. */
const MAX_MAP_BYTES = 64 * 2 ** 20
const RECORD_BYTES = 512

/**
 * The blocks of a file in which anything may lie; all others read as zeros.
 *
 * @param path absolute
 * @returns runs of blocks in order, which may touch; null when it is not known, or not worth asking
 */
export async function dataBlocksOf(path: string, signal: AbortSignal): Promise<Run[] | null> {
  if (process.platform !== 'linux' || holeBytesOf(path) < WORTH_BYTES) return null
  const map = await readSparseMap(path, signal)
  if (map === null) return null
  return map
    .filter(([, length]) => length > 0)
    .map(([offset, length]) => [
      Math.floor(offset / BLOCK_BYTES),
      Math.ceil((offset + length) / BLOCK_BYTES),
    ])
}

/** 0 where it cannot be told: a file that went meanwhile is for whoever reads it to miss. */
function holeBytesOf(path: string): number {
  try {
    const { size, blocks } = statSync(path)
    return size - blocks * RECORD_BYTES
  } catch {
    return 0
  }
}

type Run = [start: number, end: number]

type Piece = [offset: number, length: number]

const TAR = [
  ...['--create', '--file=-', '--absolute-names', '--no-recursion'],
  ...['--format=posix', '--sparse', '--sparse-version=1.0', '--hole-detection=seek', '--'],
]

function readSparseMap(path: string, signal: AbortSignal): Promise<Piece[] | null> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const tar = spawn('tar', [...TAR, path], { stdio: ['ignore', 'pipe', 'ignore'] })
    let head = Buffer.alloc(0)
    const finish = (map: Piece[] | null) => {
      signal.removeEventListener('abort', stop)
      tar.stdout.destroy()
      tar.kill()
      resolve(map)
    }
    const stop = () => {
      finish(null)
      reject(signal.reason)
    }
    signal.addEventListener('abort', stop, { once: true })
    tar.on('error', () => finish(null))
    tar.stdout.on('end', () => finish(null))
    tar.stdout.on('data', (chunk: Buffer) => {
      head = Buffer.concat([head, chunk])
      const map = parseHead(head)
      if (map !== 'more') finish(map)
      else if (head.length > MAX_MAP_BYTES) finish(null)
    })
  })
}

/** A tar header: type of the entry, and how many bytes follow it. */
const AT = { size: 124, sizeEnd: 136, type: 156 }
const EXTENDED = 'x'

/** @returns null when this is no map, 'more' when it goes on after what was read so far */
function parseHead(head: Buffer): Piece[] | null | 'more' {
  if (head.length < RECORD_BYTES) return 'more'
  if (String.fromCharCode(head[AT.type]!) !== EXTENDED) return null
  const attributeBytes = Number.parseInt(head.toString('latin1', AT.size, AT.sizeEnd), 8)
  const attributes = head.toString('latin1', RECORD_BYTES, RECORD_BYTES + attributeBytes)
  const mapAt = RECORD_BYTES * (2 + Math.ceil(attributeBytes / RECORD_BYTES))
  if (head.length <= mapAt) return 'more'
  if (!/ GNU\.sparse\.major=1\n/.test(attributes) || !/ GNU\.sparse\.minor=0\n/.test(attributes)) {
    return null
  }
  return parseMap(head, mapAt)
}

/** Decimal numbers, a line each: how many pieces, then offset and length of each. */
function parseMap(head: Buffer, at: number): Piece[] | null | 'more' {
  let position = at
  const next = (): number | undefined => {
    const end = head.indexOf(0x0a, position)
    if (end < 0) return undefined
    const line = head.toString('latin1', position, end)
    position = end + 1
    return /^\d{1,15}$/.test(line) ? Number(line) : Number.NaN
  }
  const count = next()
  if (count === undefined) return 'more'
  const pieces: Piece[] = []
  for (let i = 0; i < count; i += 1) {
    const offset = next()
    const length = next()
    if (offset === undefined || length === undefined) return 'more'
    if (Number.isNaN(offset + length)) return null
    pieces.push([offset, length])
  }
  return Number.isNaN(count) ? null : pieces
}
