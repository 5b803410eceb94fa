import { Radio } from '@mantine/core'
import { useState } from 'react'
import type { OfferedFile } from '../../core/contract/shell.ts'
import { useApp } from '../state/context.ts'
import type { DropTarget } from '../state/files.ts'
import type { SealWish } from '../state/keys.ts'
import { linkedVolumes } from '../state/tree.ts'
import { count, joinNames } from '../words/names.ts'
import { EncryptionFields } from './EncryptionFields.tsx'
import { Sheet } from './Sheet.tsx'

const NEW = 'new'

/** Files that came from outside the window: what the two sides of a drop offer, as a choice. */
export function DroppedDialog({ files }: { files: readonly OfferedFile[] }) {
  const receive = useApp((state) => state.receive)
  const library = useApp((state) => state.library)
  const [choice, setChoice] = useState(NEW)
  const [seal, setSeal] = useState<SealWish>({})
  const linked = linkedVolumes(library)
  const volume = linked.find((v) => v.volumeId === choice)
  const target: DropTarget =
    volume === undefined
      ? { kind: 'newVolume' }
      : { kind: 'nextSnapshot', volumeId: volume.volumeId }
  return (
    <Sheet
      onSubmit={() => void receive(files, target, volume === undefined ? seal : {})}
      submit="Open"
      title={`Open ${files.length === 1 ? joinNames(files.map((f) => f.name)) : count(files.length, 'file')}`}
    >
      <Radio.Group label="As what?" onChange={setChoice} value={choice}>
        <div className="sheet-choices">
          <Radio label={files.length === 1 ? 'A new volume' : 'New volumes'} value={NEW} />
          {linked.map((v) => (
            <Radio key={v.volumeId} label={`The next snapshot of ${v.name}`} value={v.volumeId} />
          ))}
        </div>
      </Radio.Group>
      {volume === undefined && <EncryptionFields onWish={setSeal} source={null} wish={seal} />}
    </Sheet>
  )
}
