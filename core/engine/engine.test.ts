import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Engine } from './engine.ts'
import { buildExample } from './practice.ts'

const GIB = 2 ** 30

describe('the example', () => {
  let folder: string
  let engine: Engine

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'strata-engine-'))
    engine = await Engine.create(join(folder, 'a.strata'))
  })
  afterEach(async () => {
    await engine.close()
    rmSync(folder, { recursive: true })
  })

  it('stores 10, 4 and 2 GiB', async () => {
    await buildExample(engine)
    const view = await engine.describeLibrary()
    expect(view.storedBytes).toBe(16 * GIB)
    expect(view.physicalBytes).toBe(0)
    expect(
      view.snapshots.map((s) => [
        s.name,
        s.fullBytes / GIB,
        s.addedBytes / GIB,
        s.releasedIfDeletedBytes / GIB,
        s.fairShareBytes / GIB,
      ]),
    ).toEqual([
      ['A', 10, 10, 4, 6],
      ['B', 10, 4, 0, 4],
      ['C', 12, 2, 2, 6],
    ])
  })

  it('keeps its figures when a deletion is reclaimed', async () => {
    const { snapshotIds } = await buildExample(engine)
    const [a, b] = snapshotIds
    const plan = await engine.planDeletion({ snapshotIds: [a!] })
    expect(plan).toMatchObject({
      releasedBytes: 4 * GIB,
      heirs: [{ snapshotId: b, inheritedBytes: 6 * GIB }],
    })
    await engine.deleteSnapshots({ snapshotIds: [a!], revision: plan.revision, undoableMs: 60_000 })
    const before = await engine.describeLibrary()
    const { jobId } = await engine.reclaim({ now: true })
    expect((await engine.awaitJob({ jobId })).error).toBeNull()
    const after = await engine.describeLibrary()
    expect(after.storedBytes).toBe(12 * GIB)
    expect(after.snapshots).toEqual(before.snapshots)
    expect(after.remnants).toEqual([])
    const { jobId: verifying } = await engine.verify({ deep: true })
    expect((await engine.awaitJob({ jobId: verifying })).result).toMatchObject({
      ok: true,
      problems: [],
    })
  })
})
