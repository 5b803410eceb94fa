import { Popover } from '@mantine/core'
import type { Snapshot } from '../../core/contract/model.ts'
import { Bytes } from '../ui/Bytes.tsx'
import { explainFigure, type FigureKind } from '../words/explain.ts'

type Props = {
  kind: FigureKind
  label: string
  value: number
  snapshot: Snapshot
  isSum?: boolean
}

/** A figure that tells, when asked, what it means. */
export function Figure({ kind, label, value, snapshot, isSum }: Props) {
  const { formula, sentence } = explainFigure(kind, snapshot)
  return (
    <div className="figure" data-sum={isSum}>
      <span>{label}</span>
      <span className="value">
        <Bytes value={value} />
      </span>
      <Popover position="left" trapFocus={false} width={260} withArrow>
        <Popover.Target>
          <button
            aria-label={`What is ${label.replace('= ', '').toLowerCase()}?`}
            className="figure-info"
            type="button"
          >
            i
          </button>
        </Popover.Target>
        <Popover.Dropdown>
          <p className="sec small">
            {label.replace('= ', '')} = {formula}
          </p>
          <p className="selectable">{sentence}</p>
        </Popover.Dropdown>
      </Popover>
    </div>
  )
}
