import { NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Snapshot } from '../../core/contract/model.ts'
import { MAX_RESTORE_DAYS, MIN_ARCHIVE_DAYS } from '../../core/contract/tiering.ts'
import { useApp } from '../state/context.ts'
import { formatBytes } from '../words/byte-format.ts'
import { wholeNumber } from '../words/whole-number.ts'
import { Sheet } from './Sheet.tsx'

/** What archiving takes out of the standard tier, and what it keeps instead. */
export function ArchiveDialog({ snapshot }: { snapshot: Snapshot }) {
  const archive = useApp((state) => state.archiveSnapshot)
  const { name, fullBytes, releasedIfDeletedBytes } = snapshot
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
      <p className="sec">
        In the archive a GiB costs less, but nothing is shared there. Until it is restored, no
        volume and no copy can be made of it. The archive is paid for {MIN_ARCHIVE_DAYS} days at
        least.
      </p>
    </Sheet>
  )
}

/** For some days, beside what is archived; or back for good. */
export function RestoreTierDialog({ snapshot }: { snapshot: Snapshot }) {
  const restore = useApp((state) => state.restoreTier)
  const [isForGood, setForGood] = useState(false)
  const [typed, setTyped] = useState('7')
  const days = wholeNumber(typed, 1, MAX_RESTORE_DAYS)
  return (
    <Sheet
      canSubmit={isForGood || days !== null}
      onSubmit={() => void restore(snapshot.snapshotId, isForGood ? null : days)}
      submit="Restore"
      title={`Restore ${snapshot.name} from the archive`}
    >
      <NativeSelect
        data={[
          { value: 'days', label: 'For some days; the archive keeps it' },
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
        {formatBytes(snapshot.fullBytes)} come back to the standard tier, whole: a restored snapshot
        borrows nothing.
      </p>
    </Sheet>
  )
}
