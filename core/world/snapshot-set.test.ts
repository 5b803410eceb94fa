import { appendFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { type InstanceId, SnapshotSetId, VolumeId } from '../contract/ids.ts'
import { DeviceName } from '../contract/instance.ts'
import { causeOf, resultOf, typeOf } from '../contract/world-events.ts'
import { Gate } from '../engine/gate.ts'
import { newId } from '../engine/ids.ts'
import { closeLibrary, openLibrary } from '../engine/library-folder.ts'
import { blocks } from '../engine/testing/scene.ts'
import { attach, snapshotAll, webServer } from './testing/instance-scene.ts'

describe('snapshots of an instance', () => {
  it('F23, F40: are of one moment: the same start, and completed together', async () => {
    const { scene, instanceId, root, data } = await webServer()
    const { snapshotIds, startedAt } = await snapshotAll(scene, instanceId)
    const { snapshotSets } = await scene.view()
    const snapshots = await Promise.all(snapshotIds.map((id) => scene.snapshotOf(id)))
    expect(snapshots).toMatchObject(
      [root, data].map((volumeId) => ({ volumeId, startedAt, state: 'completed' })),
    )
    expect(new Set(snapshots.map(({ completedAt }) => completedAt)).size).toBe(1)
    expect(snapshotSets).toMatchObject([{ instanceId, snapshotIds }])
    const [event, ...others] = await scene.engine.listEvents({ type: 'createSnapshots' })
    expect(others).toEqual([])
    expect(event).toEqual({
      version: '0',
      id: expect.any(String),
      'detail-type': 'EBS Multi-Volume Snapshots Completion Status',
      source: 'aws.ec2',
      account: '111122223333',
      time: expect.any(String),
      region: 'local',
      resources: snapshotIds.map((id) => `arn:aws:ec2::local:snapshot/${id}`),
      detail: {
        event: 'createSnapshots',
        result: 'succeeded',
        cause: '',
        'request-id': '',
        startTime: new Date(startedAt).toISOString(),
        endTime: new Date(snapshots[0]!.completedAt!).toISOString(),
        snapshots: [root, data].map((volumeId, i) => ({
          snapshot_id: `arn:aws:ec2::local:snapshot/${snapshotIds[i]}`,
          source: `arn:aws:ec2:local:111122223333:volume/${volumeId}`,
          status: 'completed',
        })),
      },
    })
    const each = await scene.engine.listEvents({ type: 'createSnapshot' })
    expect(each.map(({ detail }) => resultOf(detail))).toEqual(['succeeded', 'succeeded'])
    // Each is incremental to the earlier one of its volume.
    await scene.fill(root, 0, blocks(1), 'more')
    const next = await snapshotAll(scene, instanceId)
    expect(await scene.snapshotOf(next.snapshotIds[0]!)).toMatchObject({
      parentId: snapshotIds[0],
      storedHereBytes: blocks(1),
    })
    // What is left of a set is told as long as there is something.
    await scene.remove([snapshotIds[0]!])
    await scene.reopen()
    expect((await scene.view()).snapshotSets).toMatchObject([
      { snapshotIds: [snapshotIds[1]] },
      { snapshotIds: next.snapshotIds },
    ])
  })

  it('F40: leave out the root or data volumes', async () => {
    const { scene, instanceId, root, data } = await webServer()
    const { engine } = scene
    const ask = (excludeBoot: boolean, excludeVolumeIds: VolumeId[]) =>
      engine.createSnapshots({ instanceId, excludeBoot, excludeVolumeIds })
    const volumesOf = async (started: ReturnType<typeof ask>) => {
      await scene.done(await started)
      const { snapshots } = await scene.view()
      const ids = (await started).snapshotIds
      return snapshots
        .filter(({ snapshotId }) => ids.includes(snapshotId))
        .map(({ volumeId }) => volumeId)
    }
    expect(await volumesOf(ask(true, []))).toEqual([data])
    expect(await volumesOf(ask(false, [data]))).toEqual([root])
    const refused = { code: 'EXCLUSION_REFUSED' }
    await expect(ask(false, [root])).rejects.toMatchObject(refused)
    const other = await scene.managed(blocks(1), 'other')
    await expect(ask(false, [other])).rejects.toMatchObject(refused)
    await expect(ask(true, [data])).rejects.toMatchObject({ code: 'NOTHING_TO_SNAPSHOT' })
    expect((await scene.view()).snapshots).toHaveLength(2)
  })

  it('F40: leave out 40 volumes, and no more', async () => {
    const { scene, instanceId, root, data } = await webServer()
    const many = Array.from({ length: 41 }, () => newId(VolumeId, 'vol'))
    // In one transaction: as many links to the image of the data volume.
    await scene.engine.close()
    const library = openLibrary(scene.library, {}, () => {})
    library.change(() => {
      const row = library.volumeRow(data)
      for (const [i, volumeId] of many.entries()) {
        library.volumes.insert({ ...row, id: volumeId, name: `data ${i}` })
        const deviceName = DeviceName.parse(`/dev/xvd${'bcdef'[i % 5]}${'abcdefghi'[i % 9]}`)
        const more = { isRoot: false, deleteOnTermination: false }
        library.instances.attach({ instanceId, volumeId, deviceName, ...more })
      }
    })
    closeLibrary(library)
    await scene.reopen()
    const ask = (excludeVolumeIds: VolumeId[]) =>
      scene.engine.createSnapshots({ instanceId, excludeBoot: false, excludeVolumeIds })
    await expect(ask(many)).rejects.toMatchObject({ code: 'EXCLUSION_REFUSED' })
    const started = await ask(many.slice(0, 40))
    await scene.done(started)
    const { snapshots } = await scene.view()
    const taken = new Set(snapshots.map(({ volumeId }) => volumeId))
    expect(taken).toEqual(new Set([root, data, many[40]]))
  })

  it('F23, F40: are all given up where one fails', async () => {
    const { scene, instanceId, data } = await webServer()
    const { source } = (await scene.view()).volumes.find(({ volumeId }) => volumeId === data)!
    const input = { instanceId, excludeBoot: false, excludeVolumeIds: [] }
    const started = await scene.engine.createSnapshots(input)
    appendFileSync(source!.path, 'changed meanwhile')
    const job = await scene.engine.awaitJob(started)
    expect(job).toMatchObject({ state: 'failed', error: { code: 'IMAGE_CHANGED' } })
    expect(await scene.view()).toMatchObject({
      ...{ snapshots: [{ state: 'error' }, { state: 'error' }], snapshotSets: [], storedBytes: 0 },
    })
    expect(readdirSync(join(scene.library, 'regions', 'local', 'segments'))).toEqual([])
    const events = await scene.engine.listEvents({ result: 'failed' })
    const [first, second] = started.snapshotIds
    expect(events.map(({ detail }) => [typeOf(detail), causeOf(detail)])).toEqual([
      ['createSnapshot', expect.any(String)],
      ['createSnapshot', expect.any(String)],
      ['createSnapshots', expect.stringMatching(/^Snapshot snap-.* is in status error$/)],
    ])
    expect(events[2]!.detail).toMatchObject({
      snapshots: [first, second].map((id) => ({
        snapshot_id: `arn:aws:ec2::local:snapshot/${id}`,
        status: 'error',
      })),
    })
    expect(events.map(({ detail }) => causeOf(detail))).toContain(job.error!.message)
    await snapshotAll(scene, instanceId)
    expect((await scene.view()).snapshotCount).toBe(2)
  })

  it('that are there already are not given up for what comes after', async () => {
    const { scene, instanceId } = await webServer()
    const late = new Error('late')
    vi.spyOn(Gate.prototype, 'share').mockImplementationOnce(async (_, work) => {
      await work()
      throw late
    })
    const input = { instanceId, excludeBoot: false, excludeVolumeIds: [] }
    const started = scene.engine.createSnapshots(input)
    expect(await scene.failureOf(started)).toBe('INTERNAL')
    expect(await scene.view()).toMatchObject({
      snapshots: [{ state: 'completed' }, { state: 'completed' }],
      snapshotSets: [{ snapshotIds: (await started).snapshotIds }],
    })
    expect(await scene.engine.listEvents({ result: 'failed' })).toEqual([])
  })

  it('F40: queue up, and are of their moment whatever is written to any of them meanwhile', async () => {
    const { scene, instanceId, root } = await webServer()
    const data = await scene.managed(blocks(1), 'managed')
    await attach(scene, instanceId, data, '/dev/sdg')
    const input = { instanceId, excludeBoot: false, excludeVolumeIds: [] }
    const started = await scene.engine.createSnapshots(input)
    const next = await scene.engine.createSnapshots(input)
    for (const volumeId of [root, data]) await scene.fill(volumeId, 0, 1, 'x')
    await scene.done(started)
    await scene.done(next)
    const later = await snapshotAll(scene, instanceId)
    for (const i of [0, 2]) {
      expect(await scene.snapshotOf(next.snapshotIds[i]!)).toMatchObject({
        parentId: started.snapshotIds[i],
        storedHereBytes: 0,
      })
      expect(await scene.snapshotOf(later.snapshotIds[i]!)).toMatchObject({
        storedHereBytes: blocks(1),
      })
    }
  })

  it('that the program did not live to see fail as a set when it is back', async () => {
    const { scene, instanceId, root } = await webServer()
    const { snapshotIds } = await snapshotAll(scene, instanceId)
    const { snapshots } = await scene.view()
    await scene.engine.close()
    const library = openLibrary(scene.library, {}, () => {})
    const pending = `snap-${'f'.repeat(17)}` as (typeof snapshotIds)[number]
    library.change(() => {
      const { region, ownerId } = snapshots[0]!
      library.snapshots.begin({
        id: pending,
        name: 'late',
        description: '',
        volumeId: root,
        region,
        ownerId,
        copiedFrom: null,
        parentId: null,
        startedAt: scene.nowMs,
        volumeSizeBytes: blocks(4),
      })
      const setId = newId(SnapshotSetId, 'set')
      library.snapshotSets.add({ snapshotId: pending, setId, instanceId: instanceId as InstanceId })
    })
    library.db.close()
    await scene.reopen()
    const [event] = await scene.engine.listEvents({ type: 'createSnapshots', result: 'failed' })
    expect(causeOf(event!.detail)).toBe(`Snapshot ${pending} is in status error`)
    expect((await scene.view()).snapshotSets).toMatchObject([{ snapshotIds }])
  })

  it('are told in the history as the command that takes them', async () => {
    const { scene, instanceId, data } = await webServer()
    const more = await scene.managed(blocks(1), 'more')
    await attach(scene, instanceId, more, '/dev/sdg')
    const input = { instanceId, excludeBoot: true, excludeVolumeIds: [more], name: 'nightly' }
    await scene.done(await scene.engine.createSnapshots(input))
    const history = await scene.engine.listHistory()
    expect(history.at(-1)).toMatchObject({
      title: 'Took snapshots of 1 volume of “web”',
      command: `strata instance snapshot web --exclude-boot --exclude ${more} --name nightly`,
      storedDeltaBytes: blocks(2),
    })
    expect((await scene.view()).snapshots[0]).toMatchObject({ volumeId: data, name: 'nightly' })
  })
})
