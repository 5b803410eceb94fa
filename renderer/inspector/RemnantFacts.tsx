import { Undo2 } from 'lucide-react'
import type { LibraryView, Remnant } from '../../core/contract/model.ts'
import { useApp } from '../state/context.ts'
import { snapshotsOfTree } from '../state/tree.ts'
import { Button } from '../ui/Button.tsx'
import { Bytes } from '../ui/Bytes.tsx'
import { Name } from '../ui/Name.tsx'
import { joinNames } from '../words/names.ts'
import { formatInstant } from '../words/time-format.ts'

/** What others still read of a snapshot that was deleted or archived, or one in the Recycle Bin. */
export function RemnantFacts({ library, remnant }: { library: LibraryView; remnant: Remnant }) {
  const undo = useApp((state) => state.undoDeletion)
  const recover = useApp((state) => state.recoverSnapshot)
  const deletion = library.deletions.find((d) => d.snapshotIds.includes(remnant.snapshotId))
  return (
    <>
      <div className="inspector-scroll">
        <header>
          <div className="inspector-title">
            <Name
              as="h2"
              className={remnant.isLeftByArchiving ? 'selectable' : 'selectable is-deleted'}
            >
              {remnant.name}
            </Name>
            <span className="chip">{fateOf(remnant)}</span>
          </div>
          <p className="sec">{formatInstant(remnant.startedAt)}</p>
        </header>
        <section>
          <div className="key-row inspector-hero">
            <h3>{remnant.inBinUntil === null ? 'Still holds' : 'Stores'}</h3>
            <span className="value">
              <Bytes value={remnant.heldBytes} />
            </span>
          </div>
        </section>
        <section>
          <div className="why">
            <h3>Why is it still here?</h3>
            {remnant.inBinUntil !== null ? (
              <p>
                It can be recovered from the Recycle Bin until {formatInstant(remnant.inBinUntil)}.
                Until then it keeps all of its blocks and is charged for them; nothing else can be
                done with it.
              </p>
            ) : remnant.heldBytes === 0 ? (
              <p>No snapshot reads what {remnant.name} wrote. Its space is not given back yet.</p>
            ) : remnant.isLeftByArchiving ? (
              <p>
                {remnant.name} went to the archive whole. {readersOf(library, remnant)} blocks that
                it wrote, so those stay in the standard tier, and are put down to the oldest reader
                as inherited.
              </p>
            ) : (
              <p>
                {remnant.name} cannot be restored any more. {readersOf(library, remnant)} blocks
                that it wrote, so those stay, and are put down to the oldest reader as inherited.
              </p>
            )}
          </div>
        </section>
        {deletion?.undoableUntil != null && (
          <section>
            <p>
              Its deletion can be undone until {formatInstant(deletion.undoableUntil)}
              {deletion.names.length > 1 && `, together with the others deleted then`}.
            </p>
          </section>
        )}
      </div>
      {remnant.inBinUntil !== null && (
        <footer className="inspector-actions">
          <Button icon={<Undo2 size={16} />} onClick={() => void recover(remnant.snapshotId)}>
            Recover
          </Button>
        </footer>
      )}
      {deletion !== undefined && remnant.inBinUntil === null && (
        <footer className="inspector-actions">
          <Button icon={<Undo2 size={16} />} onClick={() => void undo(deletion.deletionId)}>
            Undo its deletion
          </Button>
        </footer>
      )}
    </>
  )
}

function fateOf({ inBinUntil, isLeftByArchiving }: Remnant): string {
  if (inBinUntil !== null) return 'in the bin'
  return isLeftByArchiving ? 'left by archiving' : 'deleted'
}

/** By name where nobody but this one can have left blocks to them: "B and C still read". */
function readersOf(library: LibraryView, remnant: Remnant): string {
  const tree = snapshotsOfTree(library, remnant.volumeId).filter((s) => s.region === remnant.region)
  const volumeIds = new Set(tree.map((s) => s.volumeId))
  const holding = library.remnants.filter(
    (r) => r.heldBytes > 0 && r.region === remnant.region && volumeIds.has(r.volumeId),
  )
  const heirs = tree.filter((s) => s.inheritedBytes > 0)
  if (holding.length !== 1 || heirs.length === 0) return 'Later snapshots still read'
  return `${joinNames(heirs.map((s) => s.name))} still ${heirs.length === 1 ? 'reads' : 'read'}`
}
