import { expect } from 'vitest'
import type { DeletionId } from '../../contract/ids.ts'
import type { WorldSession } from './world-session.ts'
import type { WorldSnapshot } from './world-things.ts'

/** Some of what is deleted can be undone so long. Time goes by in larger steps. */
export const UNDOABLE_MS = 3_600_000

/** To be called right after a deletion that can be undone. */
export async function rememberDeletion(
  { scene, world }: WorldSession,
  doomed: readonly WorldSnapshot[],
): Promise<void> {
  const id = (await scene.view()).deletions.at(-1)!.deletionId
  world.deletions.push({ id, owner: world.account, doomed: [...doomed] })
}

/** Takes back a deletion, its own or another's, of which there is something left or not. */
export async function undoDeletion(session: WorldSession): Promise<void> {
  const { scene, random, world } = session
  if (world.deletions.length === 0) return
  const deletion = random.pick(world.deletions)
  const isThere = deletion.owner === world.account && deletion.doomed.length > 0
  const deletionId = deletion.id as DeletionId
  const asked = isThere ? 'done' : 'NOTHING_TO_UNDO'
  const undone = await session.ask(`undo ${deletionId}`, asked, () =>
    scene.engine.undoDeletion({ deletionId }),
  )
  if (undone === null) return
  expect([...undone.snapshotIds].sort()).toEqual(deletion.doomed.map(({ id }) => id).sort())
  for (const snapshot of deletion.doomed) Object.assign(snapshot, { isAlive: true, exitsAt: null })
  world.deletions.splice(world.deletions.indexOf(deletion), 1)
}

/** Gives back all that was deleted: from now on it is gone for good. */
export async function reclaim({ scene, log, world }: WorldSession): Promise<void> {
  log.push('reclaim')
  await scene.reclaim()
  world.endDeletions()
}
