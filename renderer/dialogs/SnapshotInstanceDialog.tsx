import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import type { VolumeId } from '../../core/contract/ids.ts'
import { type Instance, MAX_EXCLUDED } from '../../core/contract/instance.ts'
import type { LibraryView } from '../../core/contract/model.ts'
import { useApp } from '../state/context.ts'
import { volumeById } from '../state/tree.ts'
import { formatBytes } from '../words/byte-format.ts'
import { count } from '../words/names.ts'
import { NameInput } from './NameInput.tsx'
import { Sheet } from './Sheet.tsx'

type Props = { library: LibraryView; instance: Instance }

/** Snapshots of the volumes of an instance as they are at one moment; some may be left out. */
export function SnapshotInstanceDialog({ library, instance }: Props) {
  const take = useApp((state) => state.snapshotInstance)
  const [left, setLeft] = useState<ReadonlySet<VolumeId>>(new Set())
  const [name, setName] = useState('')
  const { instanceId, attachments } = instance
  const excluded = attachments.filter(({ volumeId }) => left.has(volumeId))
  const takenCount = attachments.length - excluded.length
  const excludeVolumeIds = excluded.flatMap((one) => (one.isRoot ? [] : [one.volumeId]))
  const problem = problemOf(takenCount, excludeVolumeIds.length)
  const submit = () => {
    const excludeBoot = excluded.some(({ isRoot }) => isRoot)
    const named = name.trim() === '' ? {} : { name: name.trim() }
    void take({ instanceId, excludeBoot, excludeVolumeIds, ...named })
  }
  return (
    <Sheet
      canSubmit={problem === null}
      onSubmit={submit}
      submit={takenCount === 0 ? 'Take snapshots' : `Take ${count(takenCount, 'snapshot')}`}
      title={`Snapshot ${instance.name}`}
    >
      <p className="sec">
        A set, taken at one moment: nothing is written to any of these volumes until all are read.
        All snapshots come to exist, or none does.
      </p>
      <fieldset className="attached">
        <legend>Volumes</legend>
        {attachments.map(({ volumeId, deviceName, isRoot }) => {
          const volume = volumeById(library, volumeId)
          const size = volume === undefined ? '' : `, ${formatBytes(volume.sizeBytes)}`
          return (
            <Checkbox
              checked={!left.has(volumeId)}
              description={`${isRoot ? 'The root' : 'Data'} at ${deviceName}${size}`}
              key={volumeId}
              label={volume?.name ?? volumeId}
              onChange={(event) => setLeft(changed(left, volumeId, !event.currentTarget.checked))}
            />
          )
        })}
        {problem !== null && (
          <p className="small is-dangerous" role="alert">
            {problem}
          </p>
        )}
      </fieldset>
      <NameInput
        description="Left empty: as the next snapshot of each volume would be called"
        label={takenCount === 1 ? 'Name' : 'Name of each'}
        name={name}
        onName={setName}
      />
    </Sheet>
  )
}

function problemOf(takenCount: number, leftDataCount: number): string | null {
  if (takenCount === 0) return 'Choose at least one volume.'
  if (leftDataCount <= MAX_EXCLUDED) return null
  return `At most ${MAX_EXCLUDED} data volumes can be left out of a set.`
}

function changed<T>(all: ReadonlySet<T>, one: T, isIn: boolean): ReadonlySet<T> {
  const next = new Set(all)
  if (isIn) next.add(one)
  else next.delete(one)
  return next
}
