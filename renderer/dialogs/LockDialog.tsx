import { NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { type LockMode, MAX_COOL_OFF_HOURS, MAX_LOCK_DAYS } from '../../core/contract/locks.ts'
import type { Snapshot } from '../../core/contract/model.ts'
import { useApp } from '../state/context.ts'
import { wholeNumber } from '../words/whole-number.ts'
import { Sheet } from './Sheet.tsx'

const MODES = [
  { value: 'governance', label: 'Governance: it can be unlocked before' },
  { value: 'compliance', label: 'Compliance: nobody can unlock it before' },
]

/** Until when a snapshot cannot be deleted, and whether that can be taken back. */
export function LockDialog({ snapshot }: { snapshot: Snapshot }) {
  const lock = useApp((state) => state.lockSnapshot)
  const [mode, setMode] = useState<LockMode>(snapshot.lock?.mode ?? 'governance')
  const [typedDays, setTypedDays] = useState('30')
  const [typedHours, setTypedHours] = useState('24')
  const days = wholeNumber(typedDays, 1, MAX_LOCK_DAYS)
  const coolOffHours = wholeNumber(typedHours, 0, MAX_COOL_OFF_HOURS)
  const isCompliance = mode === 'compliance'
  const submit = () => {
    if (days === null || coolOffHours === null) return
    const coolOff = isCompliance && coolOffHours > 0 ? { coolOffHours } : {}
    void lock({ snapshotId: snapshot.snapshotId, mode, days, ...coolOff })
  }
  return (
    <Sheet
      canSubmit={days !== null && (!isCompliance || coolOffHours !== null)}
      onSubmit={submit}
      submit="Lock"
      title={`Lock ${snapshot.name}`}
      tone={isCompliance ? 'danger' : 'primary'}
    >
      <p className="sec">
        While it is locked it cannot be deleted, by anybody.
        {snapshot.state === 'pending' &&
          ' It is locked at once; its days begin when it is complete.'}
      </p>
      <NativeSelect
        data={MODES}
        data-autofocus
        label="Mode"
        onChange={(event) =>
          setMode(event.currentTarget.value === 'compliance' ? 'compliance' : 'governance')
        }
        value={mode}
      />
      <TextInput
        description={`1 to ${MAX_LOCK_DAYS.toLocaleString('en-GB')}`}
        error={days === null && 'No lock can be for so long.'}
        inputMode="numeric"
        label="Days"
        onChange={(event) => setTypedDays(event.currentTarget.value)}
        value={typedDays}
      />
      {isCompliance && (
        <TextInput
          description={`Hours in which it can still be taken back, 0 to ${MAX_COOL_OFF_HOURS}`}
          error={coolOffHours === null && 'It cannot be taken back for so long.'}
          inputMode="numeric"
          label="Cooling-off"
          onChange={(event) => setTypedHours(event.currentTarget.value)}
          value={typedHours}
        />
      )}
    </Sheet>
  )
}
