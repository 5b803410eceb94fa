import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { VolumeId } from '../contract/ids.ts'
import { newId } from '../engine/ids.ts'
import { openLibrary } from '../engine/library-folder.ts'
import { noises } from '../engine/testing/scene.ts'
import { FAR, iso, listed, oneSnapshot, subjects, summary, told } from './testing/event-scene.ts'

/** Enough to be cancelled in. */
const MANY = noises(...Array(100).keys())

describe('F23: a failure', () => {
  it('of a snapshot that is cancelled leaves no snapshot, and its cause', async () => {
    const { scene, volumeId } = await oneSnapshot()
    const { jobId, snapshotId } = await scene.engine.takeSnapshot({ volumeId, name: 'late' })
    await scene.engine.cancelJob({ jobId })
    await scene.engine.awaitJob({ jobId })
    const [event, ...others] = await listed(scene, { result: 'failed' })
    expect(others).toEqual([])
    expect(event).toMatchObject({
      resources: [`arn:aws:ec2::local:snapshot/${snapshotId}`],
      detail: {
        event: 'createSnapshot',
        cause: expect.stringMatching(/^Cancelled: Snapshot late of /),
        source: expect.stringContaining(volumeId),
      },
    })
    expect((await scene.view()).snapshots).toHaveLength(1)
    expect(told(scene)).toContainEqual(event)
  })

  it('of a copy names its source, and not whether it was incremental', async () => {
    const { scene, snapshotId } = await oneSnapshot()
    const home = join(scene.library, 'regions', 'local', 'segments')
    for (const file of readdirSync(home)) {
      const bytes = readFileSync(join(home, file))
      bytes[bytes.length - 1]! ^= 1
      writeFileSync(join(home, file), bytes)
    }
    const started = await scene.engine.copySnapshot({ snapshotId, region: FAR })
    const { error } = await scene.engine.awaitJob(started)
    const [event] = await listed(scene, { type: 'copySnapshot' })
    expect(event).toMatchObject({ region: FAR })
    expect(event!.detail).toEqual({
      event: 'copySnapshot',
      result: 'failed',
      cause: error!.message,
      'request-id': '',
      snapshot_id: `arn:aws:ec2::${FAR}:snapshot/${started.snapshotId}`,
      source: `arn:aws:ec2::local:snapshot/${snapshotId}`,
      startTime: expect.any(String),
      endTime: expect.any(String),
      transferType: 'standard',
    })
  })

  it('of a copy whose source went while it waited tells so', async () => {
    const { scene, volumeId } = await oneSnapshot()
    const snapshotId = await scene.snapshot(volumeId, { file: scene.image(MANY) })
    const input = { snapshotId, region: FAR }
    const first = await scene.engine.copySnapshot(input)
    const second = await scene.engine.copySnapshot({ ...input, name: 'again' })
    await scene.remove([snapshotId])
    for (const started of [first, second]) await scene.engine.awaitJob(started)
    const events = await listed(scene, { type: 'copySnapshot' })
    expect(summary(events)).toEqual(['copySnapshot succeeded', 'copySnapshot failed'])
    expect(events[1]!.detail).toMatchObject({
      cause: 'Source snapshot is not found',
    })
  })

  it('of an import is one of a volume that never was', async () => {
    const { scene } = await oneSnapshot()
    const { revision, volumes } = await scene.view()
    const file = scene.image(MANY)
    const started = await scene.engine.importImage({ file, name: 'x', copy: true })
    await scene.engine.cancelJob(started)
    const { error } = await scene.engine.awaitJob(started)
    const [event] = await listed(scene, { result: 'failed' })
    expect(event!.detail).toEqual({
      event: 'createVolume',
      result: 'failed',
      cause: error!.message,
      'request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
    expect(volumes.map(({ volumeId }) => volumeId)).not.toContain(subjects([event!])[0])
    // No plan for a deletion is out of date because of it.
    expect((await scene.view()).revision).toBe(revision)
  })

  it('of what the program did not live to see is told when it is back', async () => {
    const { scene, volumeId } = await oneSnapshot()
    const { snapshotId } = await scene.engine.takeSnapshot({ volumeId })
    const pending = (await scene.view()).snapshots.find((each) => each.snapshotId === snapshotId)!
    await scene.reopen()
    // Closing cancelled it. What a killed program leaves is its row.
    const before = await listed(scene)
    await scene.engine.close()
    const library = openLibrary(scene.library, {}, () => {})
    library.change(() =>
      library.snapshots.begin({
        id: snapshotId,
        name: pending.name,
        description: '',
        volumeId,
        ownerId: pending.ownerId,
        region: pending.region,
        copiedFrom: null,
        parentId: null,
        startedAt: pending.startedAt,
        volumeSizeBytes: pending.volumeSizeBytes,
      }),
    )
    const coming = newId(VolumeId, 'vol')
    library.quietly(() =>
      library.volumes.begin({ id: coming, ownerId: library.account, region: pending.region }),
    )
    library.db.close()
    await scene.reopen()
    await scene.reopen()
    const events = (await listed(scene)).slice(before.length)
    expect(summary(events)).toEqual(['createSnapshot failed', 'createVolume failed'])
    expect(subjects(events)).toEqual([snapshotId, coming])
    expect(events[0]!.detail).toMatchObject({
      event: 'createSnapshot',
      result: 'failed',
      cause: 'Strata ended before it was complete.',
      snapshot_id: expect.stringContaining(snapshotId),
      startTime: iso(pending.startedAt),
    })
    expect((await scene.view()).snapshots).toMatchObject([
      { state: 'completed' },
      { snapshotId, state: 'error', stateMessage: 'Strata ended before it was complete.' },
    ])
  })
})
