import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import type { OfferedFile } from '../../core/contract/shell.ts'
import { useApp } from '../state/context.ts'
import type { SealWish } from '../state/keys.ts'
import { count, joinNames } from '../words/names.ts'
import { EncryptionFields } from './EncryptionFields.tsx'
import { Sheet } from './Sheet.tsx'

/** How image files that were chosen are to be kept. */
export function ImportDialog({ files }: { files: readonly OfferedFile[] }) {
  const importFiles = useApp((state) => state.importFiles)
  const [isCopied, setIsCopied] = useState(false)
  const [seal, setSeal] = useState<SealWish>({ encrypted: true })
  const isOne = files.length === 1
  return (
    <Sheet
      onSubmit={() => void importFiles(files, isCopied, seal)}
      submit="Open"
      title={`Open ${isOne ? joinNames(files.map((f) => f.name)) : count(files.length, 'file')}`}
    >
      <p className="sec">
        {isOne
          ? 'It becomes a volume with a first snapshot. What snapshots store is encrypted; the file itself stays as it is.'
          : 'Each becomes a volume with a first snapshot. What snapshots store is encrypted; the files themselves stay as they are.'}
      </p>
      <EncryptionFields onWish={setSeal} source={null} wish={seal} />
      <Checkbox
        checked={isCopied}
        description="It can be written then, and no longer depends on the file."
        label="Copy it into the library"
        onChange={(event) => setIsCopied(event.currentTarget.checked)}
      />
    </Sheet>
  )
}
