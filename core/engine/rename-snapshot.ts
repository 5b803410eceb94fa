import type { Input } from '../contract/calls.ts'
import { StrataError } from '../contract/errors.ts'
import type { Snapshot } from '../contract/model.ts'
import { show } from '../contract/show.ts'
import { commandOf } from './command-line.ts'
import type { Context } from './context.ts'
import { checkName } from './names.ts'
import { namedBeside } from './snapshot-names.ts'
import { snapshotsOf } from './view.ts'

/** @throws StrataError InvalidSnapshot.NotFound, NAME_REFUSED, NAME_TAKEN */
export function renameSnapshot(context: Context, input: Input<'renameSnapshot'>): Snapshot {
  rename(context, input)
  const snapshots = snapshotsOf(context.library, context.jobs)
  return snapshots.find(({ snapshotId }) => snapshotId === input.snapshotId)!
}

function rename({ library, clock }: Context, input: Input<'renameSnapshot'>): void {
  const row = library.snapshotRow(input.snapshotId)
  const name = checkName(input.name)
  if (name === row.name) return
  const isTaken = namedBeside(library, row).some((other) => other.name === name)
  if (isTaken) throw new StrataError('NAME_TAKEN', { name, kind: 'snapshot of this volume' })
  library.change(() => {
    library.snapshots.rename(row.id, name)
    library.history.add({
      at: clock(),
      title: `Renamed ${show(row.name)} to ${show(name)}`,
      command: commandOf(library, 'snapshot', 'rename', row.id, { argument: name }),
      storedDeltaBytes: 0,
      deletionId: null,
    })
  })
}
