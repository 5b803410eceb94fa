import { useEffect } from 'react'
import type { HistoryStep } from '../../core/contract/model.ts'
import { useApp } from '../state/context.ts'
import { formatDelta } from '../words/byte-format.ts'
import { formatInstant } from '../words/time-format.ts'
import './history.css'

/** What was done to the library, newest first, each step also as a command line. */
export function History() {
  const steps = useApp((state) => state.history)
  const refresh = useApp((state) => state.refreshHistory)
  const revision = useApp((state) => state.library?.revision)
  useEffect(() => void refresh(), [refresh, revision])
  if (steps === null) return <p className="dock-empty">Reading the history…</p>
  if (steps.length === 0) return <p className="dock-empty">Nothing has been done yet.</p>
  return (
    <ol aria-label="History" className="history" reversed>
      {steps.map((step) => (
        <Step key={step.stepId} step={step} />
      ))}
    </ol>
  )
}

function Step({ step }: { step: HistoryStep }) {
  return (
    <li data-undone={step.isUndone || undefined}>
      <span className="sec">{formatInstant(step.at)}</span>
      <span className="ellipsis">
        {step.title}
        {step.isUndone && <span className="chip">undone</span>}
      </span>
      <span className="history-delta">
        {step.storedDeltaBytes !== 0 && formatDelta(step.storedDeltaBytes)}
      </span>
      <code className="ellipsis selectable" title={step.command}>
        {step.command}
      </code>
    </li>
  )
}
