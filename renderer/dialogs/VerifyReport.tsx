import type { VerifyResult } from '../../core/contract/results.ts'
import { useApp } from '../state/context.ts'
import { fullNameIn } from '../state/tree.ts'
import { CopyButton } from '../ui/CopyButton.tsx'
import {
  affectedSentence,
  checkedSentence,
  problemWords,
  reportText,
  verifyTold,
} from '../words/verify-words.ts'
import { Sheet } from './Sheet.tsx'

/** Problems that are laid out; all of them are in the copied report. */
const MAX_PROBLEMS = 50

/** What verifying found, and which snapshots it touches where. */
export function VerifyReport({ report }: { report: VerifyResult }) {
  const library = useApp((state) => state.library)
  const nameOf = fullNameIn(library)
  const more = report.problems.length - MAX_PROBLEMS
  return (
    <Sheet size={640} title={verifyTold(report, nameOf).title}>
      <p>{affectedSentence(report, nameOf)}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so keys must reach it */}
      <ul aria-label="Problems" className="report sheet-list" tabIndex={0}>
        {report.problems.slice(0, MAX_PROBLEMS).map((problem) => {
          const { title, detail, affected, remedy } = problemWords(problem, nameOf)
          return (
            <li key={problem.kind + problem.message}>
              <h3>{title}</h3>
              <p className="selectable">{detail}</p>
              {affected.length > 0 && (
                <dl className="selectable">
                  {affected.map(({ name, places }) => (
                    <div key={name}>
                      <dt dir="auto">{name}</dt>
                      <dd>{places}</dd>
                    </div>
                  ))}
                </dl>
              )}
              <p className="sec">{remedy}</p>
            </li>
          )
        })}
        {more > 0 && <li className="sec">and {more} more, all of them in the copied report</li>}
      </ul>
      <div className="report-foot">
        <p className="sec">{checkedSentence(report)}</p>
        <CopyButton label="Copy the report" text={reportText(report, nameOf)} />
      </div>
    </Sheet>
  )
}
