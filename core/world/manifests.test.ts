import { randomBytes } from 'node:crypto'
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite, { type Database } from 'better-sqlite3'
import { expect, it } from 'vitest'
import { Delta, type DeltaRun } from '../blocks/delta.ts'
import { CATALOG_FILE } from '../catalog/database.ts'
import { RegionName, type SnapshotId } from '../contract/ids.ts'
import { blocks, Scene } from '../engine/testing/scene.ts'

const FAR = RegionName.parse('eu-west-1')
const vault = { passphrase: () => 'correct horse battery', cost: 1_024 }
const ALTERED = 'SNAPSHOT_ALTERED'

type Chain = { scene: Scene; ids: SnapshotId[]; volumeId: Awaited<ReturnType<Scene['managed']>> }

/** Three snapshots: blocks 0 to 2; 1 anew; 2 anew and 3. */
async function chain(): Promise<Chain> {
  const scene = await Scene.begin({ vault })
  const input = { name: 'disk', sizeBytes: blocks(5), encrypted: true }
  const { volumeId } = await scene.engine.createVolume(input)
  const ids: SnapshotId[] = []
  for (const [at, count] of [
    [0, 3],
    [1, 1],
    [2, 2],
  ] as const) {
    await scene.write(volumeId, blocks(at), randomBytes(blocks(count)))
    ids.push(await scene.snapshot(volumeId))
  }
  return { scene, ids, volumeId }
}

const catalogOf = (scene: Scene) => join(scene.library, CATALOG_FILE)

/** Changes the catalog of a library while nobody has it open. */
async function alter(scene: Scene, change: (db: Database) => void): Promise<void> {
  await scene.engine.close()
  const nativeBinding = process.env.STRATA_SQLITE_BINDING
  const db = new Sqlite(catalogOf(scene), nativeBinding ? { nativeBinding } : {})
  db.pragma('foreign_keys = OFF')
  change(db)
  db.close()
  await scene.reopen()
}

const deltaOf = (db: Database, id: SnapshotId) =>
  Delta.decode(db.prepare('SELECT delta FROM snapshot WHERE id = ?').pluck().get(id) as Buffer)

const setDelta = (db: Database, id: SnapshotId, runs: Iterable<DeltaRun>) =>
  db.prepare('UPDATE snapshot SET delta = ? WHERE id = ?').run(Delta.of(runs).encode(), id)

/** The id of the block that a snapshot stores itself at an index. */
function blockAt(db: Database, id: SnapshotId, index: number): number {
  const [run] = deltaOf(db, id).runsIn(index, index + 1)
  if (run?.kind !== 'data') throw new Error(`${id} stores nothing at ${index}`)
  return run.firstBlockId
}

/** Says of one block what is said of another, but for some bytes at the start of its record. */
function repeatRecord(
  db: Database,
  table: 'block_page' | 'sealed_page',
  from: number,
  to: number,
): void {
  const bytes = table === 'block_page' ? 48 : 36
  const page = db.prepare(`SELECT records FROM ${table}`).pluck().get() as Buffer
  page.copy(page, to * bytes, from * bytes, (from + 1) * bytes)
  db.prepare(`UPDATE ${table} SET records = ?`).run(page)
}

const run = (db: Database, sql: string, ...values: unknown[]) => db.prepare(sql).run(...values)

const restored = (scene: Scene, snapshotId: SnapshotId) =>
  scene.failureOf(
    scene.engine.restoreToFile({
      snapshotId,
      file: scene.path('out'),
      sha256: false,
      overwrite: true,
    }),
  )

/** What somebody can do who may write the catalog, and to which of three snapshots. */
const DEEDS: Record<string, { change: (db: Database, ids: SnapshotId[]) => void; hits: number[] }> =
  {
    'an older block of the same place is put back': {
      change: (db, [a, b]) => {
        const [from, to] = [blockAt(db, a!, 1), blockAt(db, b!, 1)]
        repeatRecord(db, 'block_page', from, to)
        repeatRecord(db, 'sealed_page', from, to)
      },
      hits: [1, 2],
    },
    'an entry is dropped, so that an older one shows': {
      change: (db, [, b]) => void setDelta(db, b!, []),
      hits: [1, 2],
    },
    'an entry is dropped, so that nothing was ever written there': {
      change: (db, [, , c]) => {
        setDelta(db, c!, [{ kind: 'data', start: 2, end: 3, firstBlockId: blockAt(db, c!, 2) }])
      },
      hits: [2],
    },
    'an entry is added that a later snapshot has': {
      change: (db, [, b, c]) => {
        const firstBlockId = blockAt(db, c!, 3)
        setDelta(db, b!, [
          ...deltaOf(db, b!).runs(),
          { kind: 'data', start: 3, end: 4, firstBlockId },
        ])
      },
      hits: [1],
    },
    'a block is hidden behind a hole': {
      change: (db, [, b]) => {
        setDelta(db, b!, [...deltaOf(db, b!).runs(), { kind: 'hole', start: 0, end: 1 }])
      },
      hits: [1, 2],
    },
    'a snapshot is laid over another one': {
      change: (db, [a, , c]) =>
        void run(db, 'UPDATE snapshot SET parent_id = ? WHERE id = ?', a, c),
      hits: [2],
    },
    'two manifests are swapped': {
      change: (db, [a, b]) => {
        run(db, `UPDATE manifest SET id = 'x' WHERE id = ?`, a)
        run(db, 'UPDATE manifest SET id = ? WHERE id = ?', a, b)
        run(db, `UPDATE manifest SET id = ? WHERE id = 'x'`, b)
      },
      hits: [0, 1],
    },
    'a manifest is deleted': {
      change: (db, [, b]) => void run(db, 'DELETE FROM manifest WHERE id = ?', b),
      hits: [1],
    },
    'what two blocks are compared by is changed': {
      change: (db, [a, b]) => {
        repeatRecord(db, 'sealed_page', blockAt(db, b!, 1), blockAt(db, a!, 1))
        const number = db.prepare('SELECT data_key FROM snapshot WHERE id = ?').pluck().get(a)
        const page = db.prepare('SELECT records FROM sealed_page').pluck().get() as Buffer
        page.writeUInt32LE(number as number, blockAt(db, a!, 1) * 36)
        run(db, 'UPDATE sealed_page SET records = ?', page)
      },
      hits: [0],
    },
    'a snapshot is said to be of another time': {
      change: (db, [, , c]) =>
        void run(db, 'UPDATE snapshot SET started_at = started_at + 1 WHERE id = ?', c),
      hits: [2],
    },
    'a snapshot is said to be plain': {
      change: (db, [, b]) => {
        run(db, 'DELETE FROM manifest WHERE id = ?', b)
        run(db, 'UPDATE snapshot SET data_key = NULL, origin_key = NULL WHERE id = ?', b)
      },
      // The one above it is laid over what was never under its key.
      hits: [1],
    },
    'all are said to be from before there were manifests': {
      change: (db) => {
        run(db, 'DELETE FROM manifest')
        run(db, 'UPDATE data_key SET format = 1')
      },
      hits: [0, 1, 2],
    },
  }

it('whatever is done to the list of a snapshot is found by verify, and nothing of it is restored', async () => {
  const { scene, ids } = await chain()
  const sound = scene.path('sound.sqlite')
  await scene.engine.close()
  copyFileSync(catalogOf(scene), sound)
  await scene.reopen()
  const encrypted = { checked: 3, unchecked: 0 }
  expect(await scene.verify()).toMatchObject({ ok: true, encrypted })
  for (const [name, { change, hits }] of Object.entries(DEEDS)) {
    await alter(scene, (db) => change(db, ids))
    const hit = hits.map((i) => ids[i]!)
    const { problems, ok } = await scene.verify()
    const told = problems.filter(({ kind }) => kind === 'snapshot-altered')
    const affected = told.flatMap((problem) => problem.affected)
    expect(ok, name).toBe(false)
    expect(new Set(affected.map(({ snapshotId }) => snapshotId)), name).toEqual(
      new Set(name === 'a snapshot is said to be plain' ? [...hit, ids[2]] : hit),
    )
    const [ranges] = affected.map((each) => each.ranges)
    expect(ranges, name).toEqual([{ firstBlock: 0, blockCount: 5 }])
    for (const id of ids) {
      const expected = hit.includes(id) ? /^(SNAPSHOT_ALTERED|LIBRARY_DAMAGED)$/ : /^undefined$/
      expect(String(await restored(scene, id)), `${name}: ${ids.indexOf(id)}`).toMatch(expected)
    }
    await scene.engine.close()
    copyFileSync(sound, catalogOf(scene))
    await scene.reopen()
  }
  expect(await scene.verify()).toMatchObject({ ok: true, encrypted })
})

it('what is altered is not copied, made into a volume, archived or built upon; deleting it helps', async () => {
  const { scene, ids, volumeId } = await chain()
  const { engine } = scene
  const [, , last] = ids as [SnapshotId, SnapshotId, SnapshotId]
  await engine.createKey({ name: 'other' })
  await alter(scene, (db) => run(db, 'DELETE FROM manifest WHERE id = ?', last))
  await scene.engine.addRegion({ name: FAR })
  const failures = async () => ({
    copy: await scene.failureOf(
      scene.engine.copySnapshot({ snapshotId: last, region: FAR, encrypted: true }),
    ),
    atHome: await scene.failureOf(
      scene.engine.copySnapshot({ snapshotId: last, region: RegionName.parse('local') }),
    ),
    volume: await scene.failureOf(
      scene.engine.createVolumeFromSnapshot({ snapshotId: last, name: 'lazy' }),
    ),
    whole: await scene.failureOf(
      scene.engine.createVolumeFromSnapshot({
        snapshotId: last,
        name: 'whole',
        encrypted: true,
        key: 'other',
      }),
    ),
    archive: await scene.failureOf(scene.engine.archiveSnapshot({ snapshotId: last })),
    next: await scene.failureOf(scene.engine.takeSnapshot({ volumeId })),
  })
  const all = (code: string) => ({
    copy: code,
    atHome: code,
    volume: code,
    whole: code,
    archive: code,
    next: code,
  })
  expect(await failures()).toEqual(all(ALTERED))

  await scene.remove([last])
  const next = await scene.snapshot(volumeId)
  expect(await scene.snapshotOf(next)).toMatchObject({ parentId: ids[1], addedBytes: blocks(2) })
  expect(await restored(scene, next)).toBeUndefined()
  expect((await scene.verify()).problems).toEqual([])
})
