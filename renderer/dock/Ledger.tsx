import { useEffect, useRef } from 'react'
import type { DeletionPlan } from '../../core/contract/deletion.ts'
import type { LibraryView } from '../../core/contract/model.ts'
import { newestAmong, newestCopyWarning } from '../../core/contract/newest-copy-text.ts'
import { catchFocus } from '../actions/keyboard.ts'
import { useApp } from '../state/context.ts'
import { volumeById } from '../state/tree.ts'
import { Button } from '../ui/Button.tsx'
import { heldWords } from '../words/load-words.ts'
import { binWords, confirmLabel } from '../words/plan-words.ts'
import { formatSpan } from '../words/time-format.ts'
import { Heirs } from './Heirs.tsx'
import { Pins } from './Pins.tsx'
import { StoreBars } from './StoreBars.tsx'
import { Waterfall } from './Waterfall.tsx'
import './ledger.css'

/** What a deletion would do, before it does it. */
export function Ledger() {
  const deletion = useApp((state) => state.deletion)
  const library = useApp((state) => state.library)
  if (library === null) return null
  switch (deletion.step) {
    case 'none':
      return (
        <p className="dock-empty">
          <b>Nothing is being deleted.</b> Choose snapshots and press Del: the ledger shows what
          would come back and who would take over, before anything happens.
        </p>
      )
    case 'planning':
      return <p className="dock-empty">Working out what would come back…</p>
    case 'failed':
      return <Failed />
    case 'preview':
    case 'deleting':
      return (
        <>
          <div className="ledger">
            <StoreBars library={library} plan={deletion.plan} saving={deletion.saving} />
            <Waterfall alone={deletion.alone} library={library} plan={deletion.plan} />
            <Heirs library={library} plan={deletion.plan} />
          </div>
          <LedgerActions
            isBusy={deletion.step === 'deleting'}
            library={library}
            plan={deletion.plan}
          />
        </>
      )
    default:
      return deletion satisfies never
  }
}

type ActionsProps = { library: LibraryView; plan: DeletionPlan; isBusy: boolean }

function LedgerActions({ library, plan, isBusy }: ActionsProps) {
  const confirm = useApp((state) => state.confirmDeletion)
  const close = useApp((state) => state.closeDeletion)
  const answer = useRef<HTMLButtonElement>(null)
  const leaveOut = useApp((state) => state.leaveOutPinned)
  const isPinned = plan.pinned.length > 0
  const canLeaveOut = isPinned && plan.pinned.length < plan.snapshotIds.length
  // The question came by a key as well as by the mouse: its answer is where the focus goes.
  useEffect(() => {
    answer.current?.focus({ preventScroll: true })
    return () => catchFocus('lanes')
  }, [])
  const wanted = new Set(plan.snapshotIds)
  const doomed = library.snapshots.filter((s) => wanted.has(s.snapshotId))
  const warning = newestCopyWarning(newestAmong(doomed, library.newestCopies))
  const inBin = binWords(plan)
  const held = heldWords(plan, (id) => volumeById(library, id)?.name ?? id)
  const undoable = useApp((state) => formatSpan(state.undoableMs))
  return (
    <div className="ledger-actions">
      {isPinned ? (
        <Pins library={library} plan={plan} />
      ) : (
        <p className="sec">
          Drops references, moves no data. {library.isPractice ? 'Practice library. ' : ''}Can be
          undone for {undoable}. {inBin !== null && <b>{inBin} </b>}
          {held !== null && <b>{held} </b>}
          {warning !== null && <b>{warning}</b>}
        </p>
      )}
      <Button disabled={isBusy} onClick={close} ref={isPinned && !canLeaveOut ? answer : undefined}>
        Cancel
      </Button>
      {canLeaveOut && (
        <Button onClick={leaveOut} ref={answer}>
          {plan.pinned.length === 1 ? 'Leave it out' : 'Leave them out'}
        </Button>
      )}
      <Button
        disabled={isBusy || isPinned}
        onClick={() => void confirm()}
        ref={isPinned ? undefined : answer}
        tone="primary"
      >
        {isBusy ? 'Deleting…' : isPinned ? 'Delete' : confirmLabel(plan)}
      </Button>
    </div>
  )
}

function Failed() {
  const deletion = useApp((state) => state.deletion)
  const preview = useApp((state) => state.previewDeletion)
  const close = useApp((state) => state.closeDeletion)
  if (deletion.step !== 'failed') return null
  return (
    <div className="dock-empty" role="alert">
      <p>
        <b>{deletion.error.message}</b>
      </p>
      <p>{deletion.error.remedy}</p>
      <div className="ledger-retry">
        <Button onClick={close}>Close</Button>
        <Button onClick={() => void preview(deletion.snapshotIds)} tone="primary">
          Look again
        </Button>
      </div>
    </div>
  )
}
