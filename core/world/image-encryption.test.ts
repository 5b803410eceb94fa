import { expect, it } from 'vitest'
import { RegionName } from '../contract/ids.ts'
import { blocks } from '../engine/testing/scene.ts'
import { codeOf, registered } from './testing/instance-scene.ts'
import { sealed, taken } from './testing/key-scene.ts'
import { as, OTHER, twoSnapshots } from './testing/sharing-scene.ts'

it('F33, F38: an image of encrypted snapshots is launched and copied by those that have their keys', async () => {
  const { scene, engine, snapshotId } = await sealed()
  const { imageId } = await registered(scene, 'ours', snapshotId)
  const permit = (wish: object) =>
    codeOf(
      engine.modifyImagePermissions({
        ...{ imageId, operation: 'add', accounts: [], all: false },
        ...wish,
      }),
    )
  const byDefault = await registered(scene, 'default', await taken(scene, 'default'))
  expect(await permit({ all: true })).toBe('OperationNotPermitted')
  const { imageId: other } = byDefault
  expect(await permit({ imageId: other, accounts: [OTHER] })).toBe('OperationNotPermitted')
  await permit({ accounts: [OTHER] })
  const tried = () =>
    as(scene, OTHER, async () => {
      const launching = await engine.launchImage({ imageId, name: 'web', sizes: [] })
      const copying = await engine.copyImage({ imageId, region: RegionName.parse('local') })
      const jobs = [await engine.awaitJob(launching), await engine.awaitJob(copying)]
      return jobs.map(({ error }) => error?.message ?? 'done')
    })
  const why = expect.stringContaining('Given key ID is not accessible')
  expect(await tried()).toEqual([why, why])
  await permit({ accounts: [OTHER], withKeys: true })
  expect(await engine.listKeyPermissions({ key: 'ours' })).toMatchObject({ sharedWith: [OTHER] })
  expect(await tried()).toEqual(['done', 'done'])

  const invalid = 'InvalidParameterCombination'
  expect(await permit({ operation: 'remove', accounts: [OTHER], withKeys: true })).toBe(invalid)
  const plain = await registered(
    scene,
    'plain',
    await scene.snapshot(await scene.managed(blocks(1))),
  )
  expect(await permit({ imageId: plain.imageId, accounts: [OTHER], withKeys: true })).toBe(invalid)
})

it('F34: an image is public as far as its owner lets snapshots be where it lies', async () => {
  const { scene, a } = await twoSnapshots()
  const { engine } = scene
  const { imageId } = await registered(scene, 'web', a)
  const permit = (wish: { accounts?: string[]; all?: boolean }) =>
    codeOf(
      engine.modifyImagePermissions({
        ...{ imageId, operation: 'add', accounts: [], all: false },
        ...wish,
      }),
    )
  const seen = () => as(scene, OTHER, async () => (await engine.listImages()).length)
  await engine.setPublicAccess({ state: 'block-new-sharing' })
  expect(await permit({ all: true })).toBe('OperationNotPermitted')
  await engine.setPublicAccess({ state: 'unblocked' })
  expect(await permit({ all: true })).toBe('done')
  expect(await seen()).toBe(1)
  await engine.setPublicAccess({ state: 'block-all-sharing' })
  expect(await seen()).toBe(0)
  const launching = () => engine.launchImage({ imageId, name: 'web', sizes: [] })
  expect(await as(scene, OTHER, () => codeOf(launching()))).toBe('InvalidAMIID.NotFound')
  expect(await permit({ accounts: [OTHER] })).toBe('done')
  expect(await seen()).toBe(1)
})

it('F28: the copies behind a copied image are encrypted as copies of snapshots are', async () => {
  const { scene, engine, keyId, snapshotId } = await sealed()
  const other = await engine.createKey({ name: 'other' })
  const plain = await scene.snapshot(await scene.managed(blocks(1)))
  const { imageId } = await registered(scene, 'web', snapshotId, plain)
  const region = RegionName.parse('local')
  const keysOf = async (name: string, wish: { encrypted?: boolean; key?: string }) => {
    const copying = engine.copyImage({ imageId, region, name, ...wish })
    const made = await scene.result('image', copying)
    const { mappings } = await engine.describeImage({ imageId: made.imageId })
    const copies = mappings.map((mapping) => scene.snapshotOf(mapping.snapshotId!))
    return (await Promise.all(copies)).map(({ encryption }) => encryption?.keyId)
  }
  // What is encrypted gets the default key where none is named: the documents contradict each other.
  const [byDefault, none] = await keysOf('unsaid', {})
  expect(none).toBeUndefined()
  expect([keyId, other.keyId, undefined]).not.toContain(byDefault)
  expect(await keysOf('encrypted', { encrypted: true })).toEqual([byDefault, byDefault])
  expect(await keysOf('named', { encrypted: true, key: 'other' })).toEqual([
    other.keyId,
    other.keyId,
  ])
  const { revision } = await scene.view()
  const refused = (wish: { encrypted?: boolean; key?: string }) =>
    codeOf(engine.copyImage({ imageId, region, name: 'none', ...wish }))
  expect(await refused({ key: 'other' })).toBe('InvalidParameterDependency')
  expect(await refused({ encrypted: true, key: 'nobody' })).toBe('InvalidParameterValue')
  expect((await scene.view()).revision).toBe(revision)
  expect((await engine.listHistory()).map(({ command }) => command)).toContain(
    `strata image copy ${imageId} --to-region local --name named --encrypted --key other`,
  )
})
