import type { DescribedSnapshot } from '../core/contract/described-snapshot.ts'
import { type Answer, answer } from './answer.ts'
import { snapshotIdOf } from './find.ts'
import { DescribedSnapshotsJson } from './json.ts'
import type { Library } from './library.ts'
import { facts, safeName } from './table.ts'

/** @throws StrataError InvalidSnapshot.NotFound, InvalidSnapshotID.Malformed */
export async function describeSnapshots(
  library: Library,
  names: readonly string[],
): Promise<Answer> {
  const view = await library.engine.describeLibrary()
  const snapshotIds =
    names.length === 0
      ? view.snapshots
          .filter((snapshot) => library.isAskedAbout(snapshot))
          .map(({ snapshotId }) => snapshotId)
      : names.map((text) => snapshotIdOf(view, text))
  const described = await library.engine.describeSnapshots({ snapshotIds })
  const text = described.Snapshots.map(describedText).join('\n\n')
  return answer(DescribedSnapshotsJson, described, text === '' ? 'There are no snapshots.' : text)
}

/** EC2's names, one a line. */
export function describedText({ Tags, ...fields }: DescribedSnapshot): string {
  const tags = Tags.map(({ Key, Value }) => `${Key}=${Value}`).join(', ')
  const pairs = Object.entries({ ...fields, Tags: tags })
  return facts(pairs.map(([name, value]) => [name, safeName(String(value))]))
}
