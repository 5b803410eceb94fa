import { useApp } from '../state/context.ts'
import { subjectOf } from '../state/tree.ts'
import { Name } from '../ui/Name.tsx'
import './bars.css'

/** While a deletion is previewed: what is asked, and that nothing has happened. */
export function QuestionBar() {
  const deletion = useApp((state) => state.deletion)
  const library = useApp((state) => state.library)
  if (deletion.step === 'none') return null
  const ids =
    deletion.step === 'preview' || deletion.step === 'deleting'
      ? deletion.plan.snapshotIds
      : deletion.snapshotIds
  return (
    <section aria-label="Question" className="question-bar">
      <span className="swatch is-released" data-size="large" />
      <Name as="b">{`Preview: ${subjectOf(library, ids)} deleted`}</Name>
      <span className="sec">
        {deletion.step === 'deleting' ? 'Deleting…' : 'Nothing has happened yet.'}
      </span>
      <span className="sec question-bar-leave">Esc leaves the preview</span>
    </section>
  )
}
