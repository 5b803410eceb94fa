import { TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Volume } from '../../core/contract/model.ts'
import { MAX_VOLUME_BYTES } from '../../core/contract/units.ts'
import { useApp } from '../state/context.ts'
import { formatBytes, parseBytes } from '../words/byte-format.ts'
import { Sheet } from './Sheet.tsx'

/** A managed volume gets larger. It never gets smaller. */
export function GrowDialog({ volume }: { volume: Volume }) {
  const grow = useApp((state) => state.growVolume)
  const [size, setSize] = useState(formatBytes(volume.sizeBytes).replace('\u00a0', ' '))
  const sizeBytes = parseBytes(size)
  const problem = sizeProblem(sizeBytes, volume.sizeBytes)
  const isSame = size === formatBytes(volume.sizeBytes).replace('\u00a0', ' ')
  return (
    <Sheet
      canSubmit={problem === null && !isSame}
      onSubmit={() => void grow(volume.volumeId, sizeBytes ?? 0)}
      submit="Grow"
      title={`Grow ${volume.name}`}
    >
      <p className="sec">
        What is added was never written: it takes no room, and the next snapshot stores nothing of
        it. A volume cannot be made smaller again.
      </p>
      <TextInput
        data-autofocus
        description={`It has ${formatBytes(volume.sizeBytes)} now`}
        error={isSame ? null : problem}
        label="New size"
        onChange={(event) => setSize(event.currentTarget.value)}
        onFocus={(event) => event.currentTarget.select()}
        value={size}
      />
    </Sheet>
  )
}

function sizeProblem(sizeBytes: number | null, nowBytes: number): string | null {
  if (sizeBytes === null) return 'Not a size. Write a number and a unit, like 20 GiB.'
  if (sizeBytes <= nowBytes) return `Write more than ${formatBytes(nowBytes)}.`
  if (sizeBytes > MAX_VOLUME_BYTES) return `A volume has at most ${formatBytes(MAX_VOLUME_BYTES)}.`
  return null
}
