import { Undo2 } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { LibraryView } from '../../core/contract/model.ts'
import type { BinnedSnapshot } from '../../core/contract/recycle-bin.ts'
import { useApp } from '../state/context.ts'
import { hasRegions } from '../state/lanes.ts'
import { volumeById } from '../state/tree.ts'
import { Button } from '../ui/Button.tsx'
import { Bytes } from '../ui/Bytes.tsx'
import { formatBytes } from '../words/byte-format.ts'
import { formatInstant } from '../words/time-format.ts'
import './bin.css'
import { Sheet } from './Sheet.tsx'

/** What can be recovered, until when, and what comes back only then. */
export function BinDialog({ library }: { library: LibraryView }) {
  const openDialog = useApp((state) => state.openDialog)
  const { bin } = library
  const charged = bin.reduce((sum, each) => sum + each.storedHereBytes, 0)
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // The button that recovered one is gone with its row.
    if (bin.length > 0 && document.activeElement === document.body) list.current?.focus()
  }, [bin.length])
  return (
    <Sheet size={760} title="Recycle Bin">
      {bin.length === 0 ? (
        <p className="sheet-none">
          The bin is empty. A deleted snapshot lies here for some days if a rule says so.
        </p>
      ) : (
        <>
          <p className="sec">
            Nothing of it is released yet: until a snapshot leaves the bin it stores its blocks and
            is charged for them, {formatBytes(charged)} in all. Then it is deleted for good; it
            cannot be made to leave before.
          </p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it has to be reached */}
          <div className="bin-list sheet-list" ref={list} tabIndex={0}>
            <table aria-label="In the Recycle Bin">
              <thead>
                <tr>
                  <th scope="col">Snapshot</th>
                  <th scope="col">Leaves</th>
                  <th scope="col">Stores</th>
                  <th scope="col">Released now</th>
                  <th scope="col">Released then</th>
                  <td />
                </tr>
              </thead>
              <tbody>
                {bin.map((each) => (
                  <BinRow each={each} key={each.snapshotId} library={library} />
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
      <div className="sheet-actions">
        <Button onClick={() => openDialog({ kind: 'binRules', back: { kind: 'bin' } })}>
          Rules…
        </Button>
      </div>
    </Sheet>
  )
}

function BinRow({ library, each }: { library: LibraryView; each: BinnedSnapshot }) {
  const recover = useApp((state) => state.recoverSnapshot)
  const { snapshotId, name, volumeId, region, exitsAt, storedHereBytes } = each
  const volumeName = volumeById(library, volumeId)?.name ?? volumeId
  return (
    <tr>
      <th dir="auto" scope="row" title={name}>
        <span className="ellipsis">{name}</span>
        <span className="sec small ellipsis">
          {volumeName}
          {hasRegions(library) && `, ${region}`}
        </span>
      </th>
      <td>{formatInstant(exitsAt)}</td>
      <td>
        <Bytes value={storedHereBytes} />
      </td>
      <td>
        <Bytes value={0} />
      </td>
      <td>
        <Bytes value={each.releasedAtExitBytes} />
      </td>
      <td>
        <Button
          aria-label={`Recover ${name}`}
          icon={<Undo2 size={14} />}
          onClick={() => void recover(snapshotId)}
        >
          Recover
        </Button>
      </td>
    </tr>
  )
}
