import { AccountId, OWNER_ACCOUNT } from '../../contract/account.ts'
import type { SnapshotId } from '../../contract/ids.ts'
import { noises, Scene } from '../../engine/testing/scene.ts'

/** The first account, which owns what there is, and two others. */
export const OWNER = OWNER_ACCOUNT
export const OTHER = AccountId.parse('444455556666')
export const THIRD = AccountId.parse('777788889999')

/** A of three blocks and B of one more, of a volume of the first account; two others own nothing. */
export async function twoSnapshots() {
  const scene = await Scene.begin()
  const { engine } = scene
  await engine.addAccount({ accountId: OTHER })
  await engine.addAccount({ accountId: THIRD })
  const volumeId = await scene.linked(scene.image(noises(1, 2, 3)), 'web')
  const a = await scene.snapshot(volumeId, { name: 'A' })
  const b = await scene.snapshot(volumeId, { name: 'B', file: scene.image(noises(1, 2, 4)) })
  return { scene, engine, volumeId, a, b }
}

/** Does `work` while another account is current, then the first one is again. */
export async function as<T>(scene: Scene, account: AccountId, work: () => Promise<T>): Promise<T> {
  await scene.engine.useAccount({ account })
  try {
    return await work()
  } finally {
    await scene.engine.useAccount({ account: OWNER })
  }
}

export const share = (scene: Scene, snapshotId: SnapshotId, ...add: string[]) =>
  scene.engine.shareSnapshot({ snapshotId, add })

export const unshare = (scene: Scene, snapshotId: SnapshotId, ...remove: string[]) =>
  scene.engine.shareSnapshot({ snapshotId, remove })

/** What an account sees of snapshots, in order. */
export const seenBy = (scene: Scene, account: AccountId): Promise<SnapshotId[]> =>
  as(scene, account, async () => (await scene.view()).snapshots.map((each) => each.snapshotId))
