import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { LOAD_RATES } from '../../core/contract/loading.ts'
import type { Snapshot } from '../../core/contract/model.ts'
import { useApp } from '../state/context.ts'
import type { SealWish } from '../state/keys.ts'
import { formatBytes, parseBytes } from '../words/byte-format.ts'
import { freeName } from '../words/names.ts'
import { parseRate, RATE_PROBLEM, sizeProblemOf } from '../words/volume-words.ts'
import { EncryptionFields } from './EncryptionFields.tsx'
import { NameInput } from './NameInput.tsx'
import { Sheet } from './Sheet.tsx'

/** A volume that reads what a snapshot reads: what it is called, how large it is, how it loads. */
export function FromSnapshotDialog({ snapshot }: { snapshot: Snapshot }) {
  const make = useApp((state) => state.volumeFromSnapshot)
  const library = useApp((state) => state.library)
  const { snapshotId, volumeSizeBytes } = snapshot
  const ownSize = formatBytes(volumeSizeBytes).replace('\u00a0', ' ')
  const [name, setName] = useState(() =>
    freeName(`from ${snapshot.name}`, library?.volumes.map((v) => v.name) ?? []),
  )
  const [size, setSize] = useState(ownSize)
  const [rateText, setRateText] = useState('')
  const [seal, setSeal] = useState<SealWish>({})
  // What is shown is rounded: untouched, it stands for the size to the byte.
  const sizeBytes = size === ownSize ? volumeSizeBytes : parseBytes(size)
  const problem = sizeProblemOf(sizeBytes, snapshot)
  const rate = parseRate(rateText)
  const wish = {
    snapshotId,
    name: name.trim(),
    ...(sizeBytes === null || sizeBytes === volumeSizeBytes ? {} : { sizeBytes }),
    ...(typeof rate === 'number' ? { rateMiBPerS: rate } : {}),
    ...seal,
  }
  return (
    <Sheet
      canSubmit={name.trim() !== '' && problem === null && rate !== undefined}
      onSubmit={() => void make(wish)}
      submit="Make volume"
      title={`New volume from ${snapshot.name}`}
    >
      <p className="sec">
        It reads exactly what {snapshot.name} reads and can be used at once. Its blocks are loaded
        behind it, and first where they are touched.
      </p>
      <NameInput isFirst isProposal label="Name of the new volume" name={name} onName={setName} />
      <TextInput
        description={`At least ${formatBytes(volumeSizeBytes)}. What is added was never written.`}
        error={problem}
        label="Size"
        onChange={(event) => setSize(event.currentTarget.value)}
        value={size}
      />
      <TextInput
        description={`${LOAD_RATES.least} to ${LOAD_RATES.most}. Nothing: as fast as it goes.`}
        error={rate === undefined ? RATE_PROBLEM : null}
        inputMode="numeric"
        label="Load rate, in MiB a second"
        onChange={(event) => setRateText(event.currentTarget.value)}
        placeholder="as fast as it goes"
        value={rateText}
      />
      <EncryptionFields onWish={setSeal} source={snapshot} wish={seal} />
    </Sheet>
  )
}
