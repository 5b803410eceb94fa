import { describe, expect, it } from 'vitest'
import { RegionName } from '../contract/ids.ts'
import { blocks, type Scene } from '../engine/testing/scene.ts'
import { copy, FAR, iso, listed, told } from './testing/event-scene.ts'
import {
  as,
  OTHER,
  OWNER,
  seenBy,
  share,
  THIRD,
  twoSnapshots,
  unshare,
} from './testing/sharing-scene.ts'

const refusal = (code: string) => expect.objectContaining({ code })

describe('F32: a snapshot', () => {
  it('is its owner’s alone, then of those it is shared with, then again its owner’s', async () => {
    const { scene, a, b } = await twoSnapshots()
    expect(await seenBy(scene, OTHER)).toEqual([])
    expect(await share(scene, a, THIRD, OTHER, OTHER)).toEqual({
      ...{ snapshotId: a, sharedWith: [OTHER, THIRD] },
      ...{ isPublic: false, isPublicBlocked: false, keyId: null, withoutKey: [] },
    })
    expect(await scene.snapshotOf(a)).toMatchObject({ sharedWith: [OTHER, THIRD], isPublic: false })
    expect(await seenBy(scene, OTHER)).toEqual([a])
    // Sets: what is there already and what is not there are no mistakes, and no change.
    const { revision } = await scene.view()
    await share(scene, a, OTHER, OWNER)
    await unshare(scene, b, OTHER, 'all')
    expect((await scene.view()).revision).toBe(revision)
    await scene.reopen()
    expect(await scene.engine.listPermissions({ snapshotId: a })).toMatchObject({
      sharedWith: [OTHER, THIRD],
    })
    await unshare(scene, a, OTHER)
    expect(await seenBy(scene, OTHER)).toEqual([])
    expect(await seenBy(scene, THIRD)).toEqual([a])
    expect((await scene.engine.listHistory()).map(({ command }) => command)).toEqual(
      expect.arrayContaining([
        `strata snapshot share ${a} --add ${THIRD} --add ${OTHER}`,
        `strata snapshot share ${a} --remove ${OTHER}`,
      ]),
    )
  })

  it('shows another account what it is, borrowed whole, and nothing of its owner’s', async () => {
    const { scene, volumeId, b } = await twoSnapshots()
    await scene.engine.lockSnapshot({ snapshotId: b, mode: 'governance', days: 1 })
    await share(scene, b, OTHER)
    await as(scene, OTHER, async () => {
      const view = await scene.view()
      expect(view.snapshots).toMatchObject([
        {
          ...{ snapshotId: b, name: 'B', volumeId, ownerId: OWNER, state: 'completed' },
          ...{ parentId: null, lock: null, sharedWith: [], isPublic: false },
          ...{ fullBytes: blocks(3), sharedBytes: blocks(3), storedHereBytes: 0 },
          ...{ addedBytes: 0, releasedIfDeletedBytes: 0, fairShareBytes: 0 },
        },
      ])
      expect(view.volumes).toMatchObject([
        {
          ...{ volumeId, name: volumeId, ownerId: OWNER, sizeBytes: blocks(3) },
          ...{ kind: 'linked', snapshotCount: 1, source: null, isRemoved: true },
        },
      ])
      expect(view).toMatchObject({ storedBytes: 0, snapshotCount: 0, volumeCount: 0 })
      const { Snapshots } = await scene.engine.describeSnapshots({})
      expect(Snapshots).toMatchObject([{ SnapshotId: b, OwnerId: OWNER }])
      expect(await scene.engine.reportCost({ snapshotIds: [] })).toMatchObject({
        ...{ stored: { amount: 0 }, snapshots: [] },
      })
      const window = { firstBlock: 0, blockCount: 3, maxRows: 8, doomedIds: [] }
      const where = { volumeId, snapshotIds: [b], withHead: false }
      expect((await scene.engine.sampleCore({ ...where, ...window })).writers).toEqual([b])
      expect(await scene.engine.listSharing({ snapshotId: b })).toEqual([])
    })
  })

  it('F23: is told to the account that it is shared with, and only privately', async () => {
    const { scene, a, b } = await twoSnapshots()
    const ownBefore = await listed(scene)
    const toldBefore = told(scene).length
    const at = scene.nowMs
    await share(scene, a, OTHER, 'all')
    expect(await listed(scene)).toEqual(ownBefore)
    expect(told(scene)).toHaveLength(toldBefore)
    expect(await as(scene, THIRD, () => listed(scene))).toEqual([])
    const arn = `arn:aws:ec2::local:snapshot/${a}`
    expect(await as(scene, OTHER, () => listed(scene, { type: 'shareSnapshot' }))).toEqual([
      {
        version: '0',
        id: expect.any(String),
        'detail-type': 'EBS Snapshot Notification',
        source: 'aws.ec2',
        account: OTHER,
        time: expect.stringMatching(/Z$/),
        region: 'local',
        resources: [arn],
        detail: {
          event: 'shareSnapshot',
          result: 'succeeded',
          cause: '',
          'request-id': '',
          snapshot_id: arn,
          source: OWNER,
          startTime: iso(at),
          endTime: iso(at),
        },
      },
    ])
    await share(scene, b, 'all')
    expect(await as(scene, OTHER, () => listed(scene))).toHaveLength(1)
  })

  it('is not shared with what is no account, both ways at once, too many, or while pending', async () => {
    const { scene, engine, volumeId, a } = await twoSnapshots()
    const tries = [
      [{ add: [OTHER], remove: [THIRD] }, 'InvalidParameterCombination'],
      [{}, 'InvalidParameterCombination'],
      [{ add: ['partner'] }, 'InvalidAMIAttributeItemValue'],
      [{ add: [OTHER, `${THIRD}0`] }, 'InvalidAMIAttributeItemValue'],
      [{ remove: ['ALL'] }, 'InvalidAMIAttributeItemValue'],
      [{ add: Array.from({ length: 501 }, () => OTHER) }, 'TOO_MANY_GRANTEES'],
    ] as const
    for (const [wish, code] of tries) {
      const { add, remove } = wish as { add?: string[]; remove?: string[] }
      await expect(engine.shareSnapshot({ snapshotId: a, add, remove })).rejects.toEqual(
        refusal(code),
      )
    }
    const { jobId, snapshotId } = await engine.takeSnapshot({ volumeId })
    await expect(share(scene, snapshotId, OTHER)).rejects.toEqual(refusal('SNAPSHOT_NOT_READY'))
    await scene.done({ jobId })
    expect(await seenBy(scene, OTHER)).toEqual([])
    const most = await share(scene, a, ...Array(500).fill(OTHER))
    expect(most).toMatchObject({ sharedWith: [OTHER], isPublic: false })
  })

  it('is everybody’s once it is public, and its owner’s again when that is taken back', async () => {
    const { scene, a } = await twoSnapshots()
    expect(await share(scene, a, 'all')).toMatchObject({ sharedWith: [], isPublic: true })
    expect(await seenBy(scene, OTHER)).toEqual([a])
    expect(await seenBy(scene, THIRD)).toEqual([a])
    const hasDirectReads = async () => (await scene.snapshotOf(a)).hasDirectReads
    expect(await hasDirectReads()).toBe(true)
    expect(await as(scene, OTHER, hasDirectReads)).toBe(false)
    // Its blocks are read by those that it is shared with by name; others may make volumes and copies.
    const target = { snapshotId: a, file: scene.path('read'), sha256: false, overwrite: true }
    const reads: (() => Promise<unknown>)[] = [
      () => scene.engine.restoreToFile(target),
      () => scene.engine.diffSnapshots({ fromId: a, toId: a }),
    ]
    for (const read of reads) {
      await expect(as(scene, OTHER, read)).rejects.toMatchObject({
        code: 'ValidationException',
        message: 'Public snapshots are not supported',
      })
    }
    await as(scene, OTHER, async () => {
      await scene.clone(a, 'mine')
      const region = RegionName.parse('local')
      await scene.result('copy', scene.engine.copySnapshot({ snapshotId: a, region }))
    })
    await share(scene, a, OTHER)
    for (const read of reads) await as(scene, OTHER, read)
    expect(await as(scene, OTHER, hasDirectReads)).toBe(true)
    await unshare(scene, a, OTHER)
    await unshare(scene, a, 'all')
    expect(await seenBy(scene, OTHER)).not.toContain(a)
    expect(await seenBy(scene, THIRD)).toEqual([])
  })
})

it('F16: what lies in the Recycle Bin is shared with nobody, and as before once it is back', async () => {
  const { scene, a, b } = await twoSnapshots()
  await share(scene, a, OTHER)
  await share(scene, b, 'all')
  await scene.engine.addRetentionRule({ days: 1, tags: [], excludedTags: [] })
  const seen = async () => [await seenBy(scene, OTHER), await seenBy(scene, THIRD)]
  const gone = refusal('InvalidSnapshot.NotFound')
  await scene.remove([a, b], 60_000)
  expect(await seen()).toEqual([[], []])
  for (const snapshotId of [a, b]) {
    await as(scene, OTHER, async () => {
      await expect(scene.clone(snapshotId, 'mine')).rejects.toEqual(gone)
      await expect(scene.engine.planCopy({ snapshotId, region: FAR })).rejects.toEqual(gone)
    })
    await expect(share(scene, snapshotId, THIRD)).rejects.toEqual(gone)
    await expect(scene.engine.listPermissions({ snapshotId })).rejects.toEqual(gone)
  }
  await scene.engine.undoDeletion({})
  expect(await seen()).toEqual([[a, b], [b]])
  await scene.remove([a, b])
  await scene.reopen()
  expect(await seen()).toEqual([[], []])
  for (const snapshotId of [a, b]) await scene.engine.recoverSnapshot({ snapshotId })
  expect(await seen()).toEqual([[a, b], [b]])
  expect(await scene.snapshotOf(a)).toMatchObject({ sharedWith: [OTHER], isPublic: false })
  expect(await scene.snapshotOf(b)).toMatchObject({ sharedWith: [], isPublic: true })
})

describe('F34: public access', () => {
  const set = (scene: Scene, state: 'block-all-sharing' | 'block-new-sharing' | 'unblocked') =>
    scene.engine.setPublicAccess({ state })

  it('that is blocked keeps what is public from others, and nothing else becomes public', async () => {
    const { scene, engine, a, b } = await twoSnapshots()
    await share(scene, a, 'all', OTHER)
    expect(await engine.getPublicAccess({})).toEqual({
      ...{ ownerId: OWNER, region: 'local', state: 'unblocked' },
    })
    await set(scene, 'block-new-sharing')
    expect(await seenBy(scene, THIRD)).toEqual([a])
    await expect(share(scene, b, 'all')).rejects.toEqual(refusal('OperationNotPermitted'))
    await set(scene, 'block-all-sharing')
    await scene.reopen()
    expect(await seenBy(scene, THIRD)).toEqual([])
    expect(await seenBy(scene, OTHER)).toEqual([a])
    expect(await scene.engine.listPermissions({ snapshotId: a })).toMatchObject({
      ...{ isPublic: true, isPublicBlocked: true },
    })
    expect(await scene.snapshotOf(a)).toMatchObject({ isPublic: true, isPublicBlocked: true })
    await expect(share(scene, b, 'all', OTHER)).rejects.toEqual(refusal('OperationNotPermitted'))
    expect(await share(scene, b, OTHER)).toMatchObject({ sharedWith: [OTHER] })
    await set(scene, 'unblocked')
    expect(await seenBy(scene, THIRD)).toEqual([a])
  })

  it('is set by account and region', async () => {
    const { scene, engine, a } = await twoSnapshots()
    await engine.addRegion({ name: FAR })
    await as(scene, OTHER, () => set(scene, 'block-all-sharing'))
    await engine.setPublicAccess({ region: FAR, state: 'block-all-sharing' })
    expect(await engine.getPublicAccess({})).toMatchObject({ state: 'unblocked' })
    await share(scene, a, 'all')
    expect(await seenBy(scene, THIRD)).toEqual([a])
    const { snapshotId } = await copy(scene, a)
    await expect(share(scene, snapshotId, 'all')).rejects.toEqual(refusal('OperationNotPermitted'))
    expect((await engine.listHistory()).map(({ command }) => command)).toContain(
      `strata public-access set block-all-sharing --region ${FAR}`,
    )
    await expect(engine.getPublicAccess({ region: 'mars-1' })).rejects.toEqual(
      refusal('InvalidRegion'),
    )
  })
})
