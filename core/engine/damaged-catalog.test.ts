import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { CATALOG_FILE } from '../catalog/database.ts'
import { StrataError } from '../contract/errors.ts'
import { Random } from '../lineage/testing/random.ts'
import { Engine } from './engine.ts'
import { blocks, noises, Scene } from './testing/scene.ts'

const SEED = Number(process.env.STRATA_SEED ?? Date.now() % 2 ** 31)
const CATALOGS = 40
const PAGE_BYTES = 4_096
/** A page begins with what SQLite needs to find its way: damage there shows most. */
const PAGE_HEAD_BYTES = 110

test('whatever is damaged in a catalog, what is told is an error for people', async () => {
  const scene = await Scene.begin()
  const linked = await scene.linked(scene.image(noises(1, 2, 3)))
  const first = await scene.snapshot(linked)
  const managed = await scene.managed(blocks(4))
  await scene.fill(managed, 0, blocks(3), 'seed')
  await scene.remove([await scene.snapshot(managed)], 60_000)
  await scene.engine.close()
  const catalog = join(scene.library, CATALOG_FILE)
  const whole = readFileSync(catalog)
  const random = new Random(SEED)
  for (let round = 0; round < CATALOGS; round += 1) {
    writeFileSync(catalog, altered(whole, random))
    const defects = await defectsOf(scene.library, async (engine) => {
      await engine.describeLibrary()
      await engine.listHistory()
      const target = { snapshotId: first, file: scene.path('out'), sha256: false, overwrite: true }
      for (const { jobId } of [
        await engine.verify({ deep: true }),
        await engine.restoreToFile(target),
        await engine.reclaim({ now: true }),
      ]) {
        await engine.awaitJob({ jobId })
      }
    })
    expect(defects, `STRATA_SEED=${SEED}, catalog ${round}`).toEqual([])
    rmSync(`${catalog}-wal`, { force: true })
  }
})

/** Some bytes or bits of one page are others. */
function altered(whole: Buffer, random: Random): Buffer {
  const bytes = Buffer.from(whole)
  const page = random.below(bytes.length / PAGE_BYTES) * PAGE_BYTES
  for (let left = 1 + random.below(3); left > 0; left -= 1) {
    const at = page + random.below(random.below(2) === 0 ? PAGE_HEAD_BYTES : PAGE_BYTES)
    bytes[at] = random.below(2) === 0 ? random.below(256) : bytes[at]! ^ (1 << random.below(8))
  }
  return bytes
}

/** What `work` fails of that is not meant for people. */
async function defectsOf(library: string, work: (engine: Engine) => Promise<void>) {
  const thrown: unknown[] = []
  try {
    const log = (error: unknown) => void thrown.push(error)
    const engine = await Engine.open(library, { onEvent: () => {}, log })
    try {
      await work(engine)
    } finally {
      await engine.close()
    }
  } catch (error) {
    thrown.push(error)
  }
  return thrown.filter((error) => !(error instanceof StrataError))
}
