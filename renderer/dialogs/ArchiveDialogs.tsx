import { NativeSelect, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { Snapshot } from '../../core/contract/model.ts'
import { MAX_RESTORE_DAYS, MIN_ARCHIVE_DAYS } from '../../core/contract/tiering.ts'
import { useApp } from '../state/context.ts'
import { MoneyFormula } from '../ui/MoneyFormula.tsx'
import { adviceWords } from '../words/archive-words.ts'
import { formatBytes } from '../words/byte-format.ts'
import { formatMoney } from '../words/money-format.ts'
import { restoreWords } from '../words/tier-words.ts'
import { wholeNumber } from '../words/whole-number.ts'
import { Sheet } from './Sheet.tsx'

/** What archiving takes out of the standard tier, and what it keeps instead. */
export function ArchiveDialog({ snapshot }: { snapshot: Snapshot }) {
  const archive = useApp((state) => state.archiveSnapshot)
  const { name, fullBytes, releasedIfDeletedBytes } = snapshot
  const { costs, cost } = useCostOf(snapshot)
  return (
    <Sheet
      onSubmit={() => void archive(snapshot.snapshotId)}
      submit="Archive"
      title={`Archive ${name}`}
    >
      <p>
        <b>{formatBytes(fullBytes)}</b> go to the archive: all that {name} reads, whole.{' '}
        <b>{formatBytes(releasedIfDeletedBytes)}</b> leave the standard tier: what only it holds.
      </p>
      <p aria-live="polite" className="archive-advice">
        {cost?.archiving != null && costs !== null && (
          <>
            <b>{adviceWords(cost.archiving, costs.prices.currency)}</b>{' '}
            <MoneyFormula money={cost.archiving.monthlyChange} prices={costs.prices} />
          </>
        )}
      </p>
      <p className="sec">
        In the archive a GiB costs less, but nothing is shared there: it pays for what few others
        hold. Until it is restored, no volume and no copy can be made of it. The archive is paid for{' '}
        {MIN_ARCHIVE_DAYS} days at least.
      </p>
    </Sheet>
  )
}

/** What a snapshot costs now; asked for anew whenever something has changed. */
function useCostOf({ snapshotId }: Snapshot) {
  const revision = useApp((state) => state.library?.revision)
  const refresh = useApp((state) => state.refreshCosts)
  const costs = useApp((state) => state.costs)
  useEffect(() => {
    if (revision !== undefined) void refresh()
  }, [revision, refresh])
  return { costs, cost: costs?.snapshots.find((each) => each.snapshotId === snapshotId) }
}

/** For some days, beside what is archived; or back for good. Of one that is restored already nothing moves. */
export function RestoreTierDialog({ snapshot }: { snapshot: Snapshot }) {
  const restore = useApp((state) => state.restoreTier)
  const [isForGood, setForGood] = useState(false)
  const [typed, setTyped] = useState('7')
  const days = wholeNumber(typed, 1, MAX_RESTORE_DAYS)
  const { costs, cost } = useCostOf(snapshot)
  const early = isForGood ? cost?.earlyDeletion : null
  return (
    <Sheet
      canSubmit={isForGood || days !== null}
      onSubmit={() => void restore(snapshot.snapshotId, isForGood ? null : days)}
      submit="Restore"
      title={`Restore ${snapshot.name} from the archive`}
    >
      <NativeSelect
        data={[
          { value: 'days', label: 'For some days from now; the archive keeps it' },
          { value: 'good', label: 'For good; it leaves the archive' },
        ]}
        data-autofocus
        label="For how long"
        onChange={(event) => setForGood(event.currentTarget.value === 'good')}
        value={isForGood ? 'good' : 'days'}
      />
      {!isForGood && (
        <TextInput
          description={`1 to ${MAX_RESTORE_DAYS}`}
          error={days === null && 'It cannot be restored for so long.'}
          inputMode="numeric"
          label="Days"
          onChange={(event) => setTyped(event.currentTarget.value)}
          value={typed}
        />
      )}
      <p className="sec">
        {restoreWords(snapshot, isForGood)}
        {cost?.retrieval != null && costs !== null && (
          <>
            {' '}
            Retrieving costs <b>{formatMoney(cost.retrieval.amount, costs.prices.currency)}</b>{' '}
            once. <MoneyFormula money={cost.retrieval} prices={costs.prices} />
          </>
        )}
      </p>
      {early != null && costs !== null && early.amount > 0 && (
        <p>
          It leaves the archive before {MIN_ARCHIVE_DAYS} days are over: the rest of them is paid at
          once, <b>{formatMoney(early.amount, costs.prices.currency)}</b>.{' '}
          <MoneyFormula money={early} prices={costs.prices} />
        </p>
      )}
    </Sheet>
  )
}
