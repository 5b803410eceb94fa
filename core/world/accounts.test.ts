import { describe, expect, it } from 'vitest'
import { AccountId, OWNER_ACCOUNT } from '../contract/account.ts'
import { Engine } from '../engine/engine.ts'
import { noises, Scene } from '../engine/testing/scene.ts'
import { copy, FAR, listed, oneSnapshot, subjects, told } from './testing/event-scene.ts'

const OTHER = AccountId.parse('444455556666')

describe('accounts', () => {
  it('are added, used by id or name, and kept', async () => {
    const scene = await Scene.begin()
    expect(await scene.engine.addAccount({ accountId: OTHER, name: ' partner ' })).toEqual({
      ...{ accountId: OTHER, name: 'partner', isCurrent: false },
      ...{ snapshotCount: 0, volumeCount: 0, storedBytes: 0 },
    })
    const currentOnes = async () =>
      (await scene.engine.listAccounts()).map(({ isCurrent }) => isCurrent)
    expect(await currentOnes()).toEqual([true, false])
    for (const account of ['partner', OWNER_ACCOUNT, OTHER]) {
      await scene.engine.useAccount({ account })
    }
    await scene.reopen()
    expect(await currentOnes()).toEqual([false, true])
    await scene.engine.close()
    const asOwner = { onEvent: () => {}, account: OWNER_ACCOUNT }
    scene.engine = await Engine.open(scene.library, asOwner)
    expect(await currentOnes()).toEqual([true, false])
    await scene.managed(1, '-a')
    // Who is not the library's current one is named by what does the same.
    const made = `strata volume create --size 1 --account ${OWNER_ACCOUNT} -- -a`
    expect((await scene.engine.listHistory()).at(-1)!.command).toBe(made)
    await scene.reopen()
    expect(await currentOnes()).toEqual([false, true])
  })

  it('are not added under another id, twice, or under a name that is taken or misleads', async () => {
    const scene = await Scene.begin()
    await scene.engine.addAccount({ accountId: OTHER, name: 'partner' })
    const accountId = '777788889999'
    for (const [input, code] of [
      [{ accountId: '12345678901' }, 'ACCOUNT_ID_REFUSED'],
      [{ accountId: '1234567890123' }, 'ACCOUNT_ID_REFUSED'],
      [{ accountId: 'partner' }, 'ACCOUNT_ID_REFUSED'],
      [{ accountId: OWNER_ACCOUNT }, 'ACCOUNT_EXISTS'],
      [{ accountId, name: 'partner' }, 'NAME_TAKEN'],
      [{ accountId, name: OTHER }, 'NAME_REFUSED'],
      [{ accountId, name: ' ' }, 'NAME_REFUSED'],
      [{ accountId, name: 'All' }, 'NAME_REFUSED'],
    ] as const) {
      await expect(scene.engine.addAccount(input)).rejects.toMatchObject({ code })
    }
    expect(await scene.engine.listAccounts()).toHaveLength(2)
  })

  it('that nobody added are not asked as', async () => {
    const scene = await Scene.begin()
    for (const account of [OTHER, 'partner', '']) {
      const refused = { code: 'ACCOUNT_UNKNOWN' }
      await expect(scene.engine.useAccount({ account })).rejects.toMatchObject(refused)
    }
    await scene.engine.close()
    const asNobody = { onEvent: () => {}, account: OTHER }
    await expect(Engine.open(scene.library, asNobody)).rejects.toMatchObject({
      code: 'ACCOUNT_UNKNOWN',
    })
    await scene.reopen()
  })

  it('own and see what is made while they ask, each with names, history and events of its own', async () => {
    const { scene, snapshotId } = await oneSnapshot()
    const { engine } = scene
    const ownerEvents = await listed(scene)
    await engine.addAccount({ accountId: OTHER })
    await engine.useAccount({ account: OTHER })
    const toldBefore = told(scene).length
    const volumeId = await scene.managed(1, 'image-1')
    const taken = await scene.snapshot(volumeId)
    const { snapshotId: copyId } = await copy(scene, taken)
    const view = await scene.view()
    const ownerOf = new Map(view.snapshots.map((each) => [each.snapshotId, each.ownerId]))
    expect([snapshotId, taken, copyId].map((id) => ownerOf.get(id))).toEqual([
      undefined,
      OTHER,
      OTHER,
    ])
    expect(view.volumes.map((volume) => volume.volumeId)).toEqual([volumeId])
    expect(view.accounts).toMatchObject([
      { accountId: OWNER_ACCOUNT, snapshotCount: 1, volumeCount: 1 },
      { accountId: OTHER, snapshotCount: 2, volumeCount: 1, isCurrent: true },
    ])
    const events = await listed(scene)
    expect(subjects(events)).toEqual([volumeId, taken, copyId])
    expect(events.map(({ account }) => account)).toEqual([OTHER, OTHER, OTHER])
    expect(events[1]!.detail).toMatchObject({
      source: `arn:aws:ec2:local:${OTHER}:volume/${volumeId}`,
    })
    expect(told(scene).slice(toldBefore)).toEqual(events)
    expect((await engine.describeSnapshots({ snapshotIds: [copyId] })).Snapshots).toMatchObject([
      { OwnerId: OTHER },
    ])
    expect((await engine.listHistory()).map(({ title }) => title)).toEqual([
      `Went to account ${OTHER}`,
      'Created volume “image-1”',
      'Took snapshot “s1” of “image-1”',
      `Copied “s1” to ${FAR}`,
    ])
    await engine.useAccount({ account: OWNER_ACCOUNT })
    expect(await listed(scene)).toEqual(ownerEvents)
    expect((await engine.listHistory()).at(-1)?.title).toBe(`Went to account ${OWNER_ACCOUNT}`)
  })

  it('keep what a job makes for the account that began it', async () => {
    const scene = await Scene.begin()
    await scene.engine.addAccount({ accountId: OTHER })
    const volumeId = await scene.linked(scene.image(noises(1)))
    const taking = await scene.engine.takeSnapshot({ volumeId })
    await scene.engine.useAccount({ account: OTHER })
    await scene.done(taking)
    expect((await scene.engine.listAccounts()).map(({ snapshotCount }) => snapshotCount)).toEqual([
      1, 0,
    ])
    expect(await listed(scene)).toEqual([])
    const titles = (await scene.engine.listHistory()).map(({ title }) => title)
    expect(titles).toEqual([`Went to account ${OTHER}`])
    await scene.engine.useAccount({ account: OWNER_ACCOUNT })
    const commands = (await scene.engine.listHistory()).map(({ command }) => command)
    expect(commands.slice(-2)).toEqual([
      `strata snapshot create image-1 --name s1 --account ${OWNER_ACCOUNT}`,
      `strata account use ${OWNER_ACCOUNT}`,
    ])
  })
})
