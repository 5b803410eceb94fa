import { TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Volume } from '../../core/contract/model.ts'
import { BLOCK_BYTES } from '../../core/contract/units.ts'
import { useApp } from '../state/context.ts'
import { formatBytes, parseBytes } from '../words/byte-format.ts'
import { count } from '../words/names.ts'
import { Sheet } from './Sheet.tsx'

/** Writes whole blocks of a managed volume, by address: what the head's strip does by hand. */
export function WriteDialog({ volume }: { volume: Volume }) {
  const write = useApp((state) => state.writeCells)
  const [from, setFrom] = useState('0 B')
  const [length, setLength] = useState('1 GiB')
  const range = rangeOf(parseBytes(from), parseBytes(length), volume.sizeBytes)
  return (
    <Sheet
      canSubmit={typeof range !== 'string'}
      onSubmit={() => {
        if (typeof range !== 'string') void write(volume.volumeId, [range])
      }}
      submit="Write"
      title={`Write to ${volume.name}`}
    >
      <p className="sec">
        Writes fresh bytes made by Strata. The next snapshot stores what was written since the last
        one, in whole blocks of 512&nbsp;KiB.
      </p>
      <div className="sheet-pair">
        <TextInput
          data-autofocus
          label="From"
          onChange={(event) => setFrom(event.currentTarget.value)}
          value={from}
        />
        <TextInput
          label="Length"
          onChange={(event) => setLength(event.currentTarget.value)}
          value={length}
        />
      </div>
      <p aria-live="polite" className={typeof range === 'string' ? 'is-dangerous' : 'sec'}>
        {typeof range === 'string' ? range : `Changes ${count(range.blockCount, 'block')}.`}
      </p>
    </Sheet>
  )
}

/** @returns the blocks that the span touches, or what is wrong with it */
function rangeOf(fromBytes: number | null, lengthBytes: number | null, sizeBytes: number) {
  if (fromBytes === null || lengthBytes === null) return 'Write sizes like 512 MiB or 4 GiB.'
  if (lengthBytes === 0) return 'A length of 0 changes nothing.'
  const endBytes = fromBytes + lengthBytes
  if (endBytes > sizeBytes) return `The volume ends at ${formatBytes(sizeBytes)}.`
  const firstBlock = Math.floor(fromBytes / BLOCK_BYTES)
  return { firstBlock, blockCount: Math.ceil(endBytes / BLOCK_BYTES) - firstBlock }
}
