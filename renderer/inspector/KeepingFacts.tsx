import type { LibraryView, Snapshot } from '../../core/contract/model.ts'
import { type Mark, marksOf } from '../state/marks.ts'
import { MarkGlyph } from '../ui/Marks.tsx'
import { TagsFact } from './TagsFact.tsx'

/** Told in more words elsewhere in the inspector. */
const TOLD: ReadonlySet<Mark['kind']> = new Set(['foreign', 'image'])

type Props = { library: LibraryView; snapshot: Snapshot }

/** What keeps a snapshot, where it is kept and who else reads it: its marks in words, and its tags. */
export function KeepingFacts({ library, snapshot }: Props) {
  const { snapshotId } = snapshot
  const marks = marksOf(library, [snapshot], Date.now()).get(snapshotId) ?? []
  return (
    <>
      {marks
        .filter(({ kind }) => !TOLD.has(kind))
        .map((mark) => (
          <p className="sec fact-line" key={mark.kind}>
            <MarkGlyph isNamed={false} mark={mark} />
            <span>{mark.says}</span>
          </p>
        ))}
      <TagsFact tags={snapshot.tags} />
    </>
  )
}
