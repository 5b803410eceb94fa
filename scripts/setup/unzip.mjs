// Takes files out of a .zip: stored and deflated ones, up to 4 GiB, each checked by its CRC.
// A bare Debian has no unzip.
import fs from 'node:fs'
import path from 'node:path'
import zlib from 'node:zlib'

/**
 * @param {string} archive
 * @param {string} prefix only what is below it is taken, and the prefix is dropped
 * @param {string} folder where to
 * @param {(name: string) => boolean} isWanted by the name without the prefix
 */
export function unzip(archive, prefix, folder, isWanted) {
  const file = fs.openSync(archive, 'r')
  try {
    for (const entry of listEntries(file)) {
      const name = entry.name.slice(prefix.length)
      if (!entry.name.startsWith(prefix) || entry.name.endsWith('/') || !isWanted(name)) continue
      const target = path.resolve(folder, name)
      if (!target.startsWith(folder + path.sep)) throw new Error(`zip: ${name} leads outside`)
      fs.mkdirSync(path.dirname(target), { recursive: true })
      fs.writeFileSync(target, contentOf(file, entry), { mode: entry.isProgram ? 0o755 : 0o644 })
    }
  } finally {
    fs.closeSync(file)
  }
}

/**
 * @typedef {{ name: string, method: number, crc32: number, packedBytes: number,
 *   headerOffset: number, isProgram: boolean }} Entry
 */

const LONGEST_END_BYTES = 22 + 0xffff // the end record and its comment

/** @param {number} file @returns {Entry[]} */
function listEntries(file) {
  const sizeBytes = fs.fstatSync(file).size
  const endBytes = Math.min(sizeBytes, LONGEST_END_BYTES)
  const end = readAt(file, sizeBytes - endBytes, endBytes)
  const record = end.lastIndexOf('PK\x05\x06', undefined, 'latin1')
  if (record < 0) throw new Error('zip: no end record')
  const count = end.readUInt16LE(record + 10)
  const directory = readAt(file, end.readUInt32LE(record + 16), end.readUInt32LE(record + 12))
  const entries = []
  for (let at = 0; entries.length < count; ) {
    const nameBytes = directory.readUInt16LE(at + 28)
    entries.push({
      name: directory.toString('utf8', at + 46, at + 46 + nameBytes),
      method: directory.readUInt16LE(at + 10),
      crc32: directory.readUInt32LE(at + 16),
      packedBytes: directory.readUInt32LE(at + 20),
      headerOffset: directory.readUInt32LE(at + 42),
      isProgram: ((directory.readUInt32LE(at + 38) >>> 16) & 0o111) !== 0,
    })
    at += 46 + nameBytes + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
  }
  return entries
}

/** @param {number} file @param {Entry} entry */
function contentOf(file, entry) {
  const header = readAt(file, entry.headerOffset, 30)
  const start = entry.headerOffset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
  const packed = readAt(file, start, entry.packedBytes)
  const content = entry.method === 8 ? zlib.inflateRawSync(packed) : packed
  if (zlib.crc32(content) !== entry.crc32) throw new Error(`zip: ${entry.name} is damaged`)
  return content
}

/** @param {number} file @param {number} offset @param {number} length */
function readAt(file, offset, length) {
  const buffer = Buffer.alloc(length)
  for (let done = 0; done < length; ) {
    const read = fs.readSync(file, buffer, done, length - done, offset + done)
    if (read === 0) throw new Error('zip: it ends too early')
    done += read
  }
  return buffer
}
