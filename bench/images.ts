import { spawnSync } from 'node:child_process'
import { createCipheriv, createHash } from 'node:crypto'
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'

/*
 * The test set: a 2 GiB ext4 image with about 1.2 GiB of files, its next state with one block in a
 * hundred changed, and a third one. Made by debugfs alone, from seeds, with fixed ids and times: the
 * same on every machine with the same e2fsprogs.
 */
const IMAGE_BYTES = 2 * 2 ** 30
const FILES = 3_000
const FILES_BYTES = 1.2 * 2 ** 30
const MIB = 2 ** 20
const UUID = '5712a7a0-0000-4000-8000-000000000001'
const FAKE_TIME = '1700000000'

/** What each later state replaces: files, and their size. Bytes are chosen to touch 1 % of blocks. */
const LATER = [
  { name: 'v2.img', files: 20, bytes: 1 * MIB },
  { name: 'v3.img', files: 45, bytes: 1 * MIB },
]

export type TestSet = { images: [string, string, string]; sha256: string }

/** Builds it once; a finished one is told by its digests. */
export function testSet(folder: string, say: (line: string) => void): TestSet {
  const first = join(folder, 'v1.img')
  const images: TestSet['images'] = [first, join(folder, 'v2.img'), join(folder, 'v3.img')]
  if (!images.every((image) => existsSync(image))) {
    say('building the test images (about two minutes, once)')
    mkdirSync(folder, { recursive: true })
    build(folder, first)
  }
  return { images, sha256: digestOf(first) }
}

function build(folder: string, first: string): void {
  const files = join(folder, 'files')
  mkdirSync(files, { recursive: true })
  writeFileSync(first, '')
  truncateSync(first, IMAGE_BYTES)
  must('mke2fs', [
    '-q',
    '-F',
    '-t',
    'ext4',
    '-U',
    UUID,
    '-E',
    `hash_seed=${UUID},lazy_itable_init=0`,
    first,
  ])
  const random = seeded(1)
  const commands: string[] = []
  let left = FILES_BYTES
  for (let i = 0; i < FILES; i += 1) {
    // Many small files and a few large ones, as on real disks; together exactly what is left.
    const share = left / (FILES - i)
    const bytes = i === FILES - 1 ? Math.floor(left) : Math.floor(share * (0.2 + 1.6 * random()))
    left -= bytes
    writeFileSync(join(files, `f${i}`), contentOf(`file ${i}`, bytes, i % 5 < 2))
    commands.push(`write ${join(files, `f${i}`)} f${i}`)
  }
  debugfs(first, commands)
  rmSync(files, { recursive: true })
  let before = first
  for (const { name, files: count, bytes } of LATER) {
    const image = join(folder, name)
    must('cp', ['--sparse=always', before, image])
    mkdirSync(files)
    const changes: string[] = []
    for (let i = 0; i < count; i += 1) {
      const file = `${name}-${i}`
      writeFileSync(join(files, file), contentOf(file, bytes, i % 2 === 0))
      changes.push(`rm f${i * 37}`, `write ${join(files, file)} ${file}`)
    }
    debugfs(image, changes)
    rmSync(files, { recursive: true })
    before = image
  }
}

/** Bytes that cannot be packed, or text that can. */
function contentOf(seed: string, bytes: number, isDense: boolean): Buffer {
  const key = createHash('sha256').update(seed).digest()
  const stream = createCipheriv('aes-256-ctr', key, Buffer.alloc(16))
  if (isDense) return stream.update(Buffer.alloc(bytes))
  const draws = stream.update(Buffer.alloc(Math.ceil(bytes / 4)))
  const words = [...draws].map((draw) => WORDS[draw % WORDS.length])
  return Buffer.from(words.join(' ')).subarray(0, bytes)
}

const WORDS = (
  'snapshot block volume delta parent hole fill segment catalog lineage released inherited shared ' +
  'stored restore image sparse index digest commit sync thread window page record kernel driver ' +
  'config value error return const import export function string number 0x00 0x7f 127.0.0.1 {} [] ;'
).split(' ')

function debugfs(image: string, commands: string[]): void {
  const script = `${image}.commands`
  writeFileSync(script, `${commands.join('\n')}\n`)
  must('debugfs', ['-w', '-f', script, image])
  rmSync(script)
}

function must(program: string, args: string[]): void {
  const env = { ...process.env, E2FSPROGS_FAKE_TIME: FAKE_TIME }
  const { status, stderr } = spawnSync(program, args, { env, encoding: 'utf8', maxBuffer: 2 ** 28 })
  if (status !== 0) throw new Error(`${program} failed: ${stderr}`)
}

/** Read piece by piece: it is larger than a buffer may be. */
export function digestOf(file: string): string {
  const hash = createHash('sha256')
  const buffer = Buffer.alloc(4 * MIB)
  const fd = openSync(file, 'r')
  for (let got = readSync(fd, buffer); got > 0; got = readSync(fd, buffer)) {
    hash.update(buffer.subarray(0, got))
  }
  closeSync(fd)
  return hash.digest('hex')
}

function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
