import { execFileSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, vi } from 'vitest'
import type { z } from 'zod'
import { BLOCK_BYTES } from '../../core/contract/units.ts'
import { Engine } from '../../core/engine/engine.ts'
import type { SnapshotJson, SnapshotListJson } from '../json.ts'
import { ask, refusal } from './command.ts'

export type SnapshotFacts = z.infer<typeof SnapshotJson>
export type SnapshotList = z.infer<typeof SnapshotListJson>

/** The image of the scene: a last block that is not whole, nor a whole number of sectors. */
export const IMAGE_BYTES = 7 * BLOCK_BYTES + 1_001

const TEST_TIMEOUT_MS = 180_000

/** A folder for one test file. */
export class Scene {
  readonly folder = mkdtempSync(join(tmpdir(), 'strata-cli-'))
  #count = 0

  /** Make it before the tests: they get time for a machine that is busy with other things. */
  constructor() {
    vi.setConfig({ testTimeout: TEST_TIMEOUT_MS, hookTimeout: TEST_TIMEOUT_MS })
  }

  /** A path that nothing lies at yet. */
  path(name = 'thing'): string {
    this.#count += 1
    return join(this.folder, `${this.#count}-${name}`)
  }

  folderAt(name: string): string {
    const path = this.path(name)
    mkdirSync(path)
    return path
  }

  /** A file of random bytes. */
  image(sizeBytes = IMAGE_BYTES, name = 'disk.img'): string {
    const path = this.path(name)
    writeFileSync(path, randomBytes(sizeBytes))
    return path
  }

  async library(): Promise<string> {
    const path = this.path('library.strata')
    await ask(path, ['init'])
    return path
  }

  /** A library with a volume `disk` that is linked to `image`, and its snapshot `first`. */
  async filled(): Promise<{ library: string; image: string }> {
    const image = this.image()
    const library = await this.library()
    await ask(library, ['volume', 'import', image, '--name', 'disk'])
    await ask(library, ['snapshot', 'create', 'disk', '--name', 'first'])
    return { library, image }
  }

  /** A library with a life of its own, made as a copy of another. */
  copyOf(library: string): string {
    const path = this.path('copy.strata')
    // Node's own copy writes out the holes of volumes: 15 GiB of zeros for the example.
    if (process.platform === 'linux')
      execFileSync('cp', ['-r', '--sparse=always', '--preserve=timestamps', library, path])
    else cpSync(library, path, { recursive: true })
    return path
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** The same file with some blocks rewritten. */
export function rewriteBlocks(image: string, indices: readonly number[]): void {
  const bytes = readFileSync(image)
  for (const index of indices) {
    const start = index * BLOCK_BYTES
    const end = Math.min(start + BLOCK_BYTES, bytes.length)
    bytes.set(randomBytes(end - start), start)
  }
  writeFileSync(image, bytes)
}

export function sha256Of(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex')
}

/** Everything that a refused command must leave alone: facts, and block data to the last byte. */
export async function stateOf(library: string): Promise<unknown> {
  const engine = await Engine.open(library)
  try {
    // Where it lies is no content, and an attempt that left nothing may have raised the revision.
    const { path, name, revision, ...view } = await engine.describeLibrary()
    return { view, history: await engine.listHistory(), data: dataOf(library) }
  } finally {
    await engine.close()
  }
}

/** Names and digests of the files with block data. */
export function dataOf(library: string): string[] {
  return readdirSync(library, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(library.length + 1))
    .filter((path) => path.startsWith('regions/') || path.startsWith('volumes/'))
    .sort()
    .map((path) => `${path} ${sha256Of(join(library, path))}`)
}

/**
 * Holds that a command is refused with this code and words, and that nothing stored has changed.
 *
 * @param library stays as it is: the command gets a copy
 */
export async function expectRefused(
  scene: Scene,
  library: string,
  expected: { readonly code: string; readonly says: RegExp | string; readonly exitCode?: number },
  args: readonly string[],
): Promise<void> {
  const copy = scene.copyOf(library)
  const before = stateBefore.get(library) ?? stateOf(copy)
  stateBefore.set(library, before)
  await before
  const error = await refusal(copy, args)
  expect(error).toMatchObject({ code: expected.code, exitCode: expected.exitCode ?? 1 })
  expect(error.message).toMatch(expected.says)
  expect(error.remedy).toMatch(/\.$/)
  expect(await stateOf(copy)).toEqual(await before)
}

/** Libraries that only copies are made of, and what each copy holds at first. */
const stateBefore = new Map<string, Promise<unknown>>()
