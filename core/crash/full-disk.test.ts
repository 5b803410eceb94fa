import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type Input, parseInput } from '../contract/calls.ts'
import { StrataError } from '../contract/errors.ts'
import { Engine } from '../engine/engine.ts'
import { tempFolder } from '../testing/temp-folder.ts'
import { deedCalled } from './all-deeds.ts'
import { subjectOf } from './crash-points.ts'
import { LIBRARY } from './lab.ts'
import { missingForSmallDisks } from './needs.ts'

/*
 * A disk that is full at different moments. What was there before is whole, the deed is told to have
 * failed for want of room, nothing of it is left, and with room it works.
 */
const missing = missingForSmallDisks()
if (missing !== null) console.log(`full disks are skipped: ${missing}`)

const DEEDS = [
  'import --copy',
  'first snapshot',
  'incremental snapshot',
  'snapshot of a managed volume',
  'write of a file',
  'volume from a snapshot',
  'restore',
  'reclaim by repacking',
]
const KIB = 1_024
const MIB = 2 ** 20
/** Room that is left beside what is there: for a page of the catalog, some blocks, most of them. */
const ROOMS_BYTES = [0, 12 * KIB, 64 * KIB, 600 * KIB, 1_500 * KIB, 2_500 * KIB]
const PLENTY_BYTES = 256 * MIB

class SmallDisk {
  readonly folder = join(tempFolder(), 'disk')

  constructor() {
    mkdirSync(this.folder)
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${PLENTY_BYTES}`, 'tmpfs', this.folder])
    onTestFinished(() => void execFileSync('umount', [this.folder]))
  }

  /** Leaves `bytes` of room, to the next 4 KiB. */
  leave(bytes: number): void {
    const used = Number(
      execFileSync('df', ['--output=used', '-B1', this.folder], { encoding: 'utf8' })
        .split('\n')
        .at(1),
    )
    // A tmpfs of size 0 is one without a limit.
    this.#resize(Math.max(used + bytes, 4 * KIB))
  }

  free(): void {
    this.#resize(PLENTY_BYTES)
  }

  #resize(bytes: number): void {
    execFileSync('mount', ['-o', `remount,size=${bytes}`, this.folder])
  }
}

/** Opens the library and does what is asked. @returns the code of what went wrong, or null */
async function attempt(args: readonly string[]): Promise<string | null> {
  const [path, name, input] = args as [string, Parameters<typeof parseInput>[0], string]
  const defects: unknown[] = []
  try {
    const engine = await Engine.open(path, {
      onEvent: () => {},
      log: (error) => void defects.push(error),
    })
    try {
      const answer: object = await engine[name](parseInput(name, JSON.parse(input)) as never)
      if (!('jobId' in answer)) return null
      const job = await engine.awaitJob(parseInput('awaitJob', { jobId: answer.jobId }))
      if (job.error?.code === 'INTERNAL') throw defects.at(-1)
      return job.error?.code ?? null
    } finally {
      await engine.close()
    }
  } catch (error) {
    if (error instanceof StrataError) return error.code
    throw error
  }
}

/** Takes a snapshot. @returns the code of what went wrong, or null */
async function codeOf(engine: Engine, input: Input<'takeSnapshot'>): Promise<string | null> {
  try {
    return (await engine.awaitJob(await engine.takeSnapshot(input))).error?.code ?? null
  } catch (error) {
    if (error instanceof StrataError) return error.code
    throw error
  }
}

describe.skipIf(missing !== null)('the disk is full', () => {
  test.each(DEEDS)('during: %s', async (name) => {
    const disk = new SmallDisk()
    const subject = await subjectOf(deedCalled(name), tempFolder(), join(disk.folder, 'run'))
    const outcomes = new Set<string | null>()
    for (const room of ROOMS_BYTES) {
      disk.free()
      subject.begin()
      disk.leave(room)
      const failure = await attempt(subject.args)
      outcomes.add(failure)
      const strays = readdirSync(subject.folder).filter((file) => file.startsWith('.strata'))
      expect(strays, `with ${room} bytes of room`).toEqual([])
      disk.free()
      const isAcked = failure === null
      const problems = await subject.problems({ folder: subject.folder, isAcked })
      expect(problems, `with ${room} bytes of room, ${failure}`).toEqual([])
    }
    expect([...outcomes].filter((failure) => failure !== null)).toEqual(['DISK_FULL'])
    disk.free()
    subject.begin()
    expect(await attempt(subject.args)).toBeNull()
    expect(await subject.problems({ folder: subject.folder, isAcked: true })).toEqual([])
  })

  test('a snapshot fails while it is, and works in the same session when there is room', async () => {
    const disk = new SmallDisk()
    const deed = deedCalled('incremental snapshot')
    const subject = await subjectOf(deed, tempFolder(), join(disk.folder, 'run'))
    for (const room of ROOMS_BYTES) {
      disk.free()
      subject.begin()
      const engine = await Engine.open(join(subject.folder, LIBRARY))
      const input = parseInput('takeSnapshot', JSON.parse(subject.args[2]!))
      try {
        disk.leave(room)
        const codes = [await codeOf(engine, input), await codeOf(engine, input)]
        disk.free()
        const { snapshots } = await engine.describeLibrary()
        const failed = snapshots.filter(({ state }) => state !== 'completed')
        expect(failed.every(({ state }) => state === 'error')).toBe(true)
        if (codes.includes(null)) continue
        expect(codes, `with ${room} bytes of room`).toEqual(['DISK_FULL', 'DISK_FULL'])
        expect(await codeOf(engine, input)).toBeNull()
      } finally {
        await engine.close()
      }
      const problems = await subject.problems({ folder: subject.folder, isAcked: true })
      expect(problems).toEqual([])
    }
  })

  test('while a file was written to a volume: what nobody reads is given back, so that it can be removed', async () => {
    // Less than is copied in one turn, and more.
    for (const roomBytes of [1 * MIB, 3 * MIB, 5 * MIB]) {
      const disk = new SmallDisk()
      const engine = await Engine.create(join(disk.folder, LIBRARY))
      const { volumeId } = await engine.createVolume({ name: 'practice', sizeBytes: 16 * MIB })
      const file = join(tempFolder(), 'large.img')
      writeFileSync(file, Buffer.alloc(12 * MIB, 7))
      disk.leave(roomBytes)
      const { jobId } = await engine.writeFile({ volumeId, offsetBytes: 0, file })
      expect((await engine.awaitJob({ jobId })).error?.code).toBe('DISK_FULL')
      const left = statfsSync(disk.folder)
      expect(left.bavail * left.bsize).toBeGreaterThan(roomBytes * 0.9)
      await engine.removeVolume({ volumeId })
      expect((await engine.describeLibrary()).volumes).toEqual([])
      await engine.close()
    }
  })

  test('during: create', async () => {
    const disk = new SmallDisk()
    const path = join(disk.folder, LIBRARY)
    const outcomes = new Set<string>()
    for (const room of [0, 8 * KIB, 40 * KIB, 100 * KIB]) {
      disk.leave(room)
      const made = await Engine.create(path).catch((error: StrataError) => error)
      if (made instanceof Error) outcomes.add(made.code)
      else await made.close()
      if (!existsSync(path)) expect(readdirSync(disk.folder)).toEqual([])
      disk.free()
      await (existsSync(path) ? Engine.open(path) : Engine.create(path)).then((e) => e.close())
      execFileSync('rm', ['-r', path])
    }
    expect([...outcomes]).toEqual(['DISK_FULL'])
  })
})
