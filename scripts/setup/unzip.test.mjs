import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import zlib from 'node:zlib'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { unzip } from './unzip.mjs'

/** @type {string} */
let folder
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'strata-unzip-'))
})
afterEach(() => fs.rmSync(folder, { recursive: true }))

it('takes what is wanted from below the prefix, and keeps programs executable', () => {
  const archive = write([
    { name: 'App/', content: '' },
    { name: 'App/run', content: 'program '.repeat(1000), method: 8, mode: 0o755 },
    { name: 'App/data/plain.txt', content: 'stored as it is' },
    { name: 'App/not-this', content: 'x' },
    { name: 'elsewhere', content: 'x' },
  ])
  const target = path.join(folder, 'out')
  unzip(archive, 'App/', target, (name) => name !== 'not-this')
  expect(fs.readdirSync(target, { recursive: true }).sort()).toEqual([
    'data',
    'data/plain.txt',
    'run',
  ])
  expect(fs.readFileSync(path.join(target, 'run'), 'utf8')).toBe('program '.repeat(1000))
  expect(fs.readFileSync(path.join(target, 'data/plain.txt'), 'utf8')).toBe('stored as it is')
  expect(fs.statSync(path.join(target, 'run')).mode & 0o777).toBe(0o755)
  expect(fs.statSync(path.join(target, 'data/plain.txt')).mode & 0o777).toBe(0o644)
})

it('refuses damaged content, names that lead outside and files that are no archive', () => {
  const all = () => true
  const damaged = write([{ name: 'App/a', content: 'abc', crc32: 1 }])
  expect(() => unzip(damaged, 'App/', folder, all)).toThrow('zip: App/a is damaged')
  const escaping = write([{ name: 'App/../../a', content: 'abc' }])
  expect(() => unzip(escaping, 'App/', folder, all)).toThrow('leads outside')
  const text = path.join(folder, 'text')
  fs.writeFileSync(text, 'no archive')
  expect(() => unzip(text, '', folder, all)).toThrow('zip: no end record')
})

/**
 * @param {{ name: string, content: string, method?: number, mode?: number, crc32?: number }[]} files
 * @returns {string} the path of an archive of them
 */
function write(files) {
  const parts = []
  const directory = []
  let offset = 0
  for (const { name, content, method = 0, mode = 0o644, crc32 } of files) {
    const plain = Buffer.from(content)
    const packed = method === 8 ? zlib.deflateRawSync(plain) : plain
    const header = Buffer.alloc(30)
    header.write('PK\x03\x04', 'latin1')
    header.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.write('PK\x01\x02', 'latin1')
    entry.writeUInt16LE(method, 10)
    entry.writeUInt32LE(crc32 ?? zlib.crc32(plain), 16)
    entry.writeUInt32LE(packed.length, 20)
    entry.writeUInt32LE(plain.length, 24)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(mode * 0x10000, 38)
    entry.writeUInt32LE(offset, 42)
    parts.push(header, Buffer.from(name), packed)
    directory.push(entry, Buffer.from(name))
    offset += header.length + name.length + packed.length
  }
  const entries = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(files.length, 10)
  end.writeUInt32LE(entries.length, 12)
  end.writeUInt32LE(offset, 16)
  const archive = path.join(folder, 'archive.zip')
  fs.writeFileSync(archive, Buffer.concat([...parts, entries, end]))
  return archive
}
