import type { PolicyPreview } from '../../core/contract/policy.ts'
import { formatInstant } from '../words/time-format.ts'

/** Units of the drawing, which is as wide as its place. */
const WIDTH = 1_000

/** When a policy takes, above the line, and when it deletes, below it. */
export function PolicyTimeline({ preview: { from, until, steps } }: { preview: PolicyPreview }) {
  const placeOf = (at: number) => ((at - from) / (until - from)) * WIDTH
  return (
    <figure aria-hidden className="policy-timeline">
      <svg preserveAspectRatio="none" viewBox={`0 0 ${WIDTH} 40`}>
        <title>Snapshots taken above the line, deleted below it</title>
        <line className="policy-axis" x1="0" x2={WIDTH} y1="20" y2="20" />
        {steps.map((step) => (
          <g key={step.at} transform={`translate(${placeOf(step.at)} 0)`}>
            {step.takenOf.length > 0 && <line className="policy-taken" y1="4" y2="17" />}
            {step.deleted.length > 0 && (
              <line
                className="policy-deleted"
                data-is-there={step.deleted.some(({ snapshotId }) => snapshotId !== null)}
                y1="23"
                y2="36"
              />
            )}
          </g>
        ))}
      </svg>
      <figcaption className="sec small">
        <span>now</span>
        <span className="policy-key">
          <i className="policy-taken" /> takes <i className="policy-deleted" /> deletes
        </span>
        <span>{formatInstant(until)}</span>
      </figcaption>
    </figure>
  )
}
