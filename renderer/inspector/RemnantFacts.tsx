import type { LibraryView, Remnant } from '../../core/contract/model.ts'
import { Bytes } from '../ui/Bytes.tsx'
import { joinNames } from '../words/names.ts'
import { formatInstant } from '../words/time-format.ts'

/** A deleted snapshot that others still read through. */
export function RemnantFacts({ library, remnant }: { library: LibraryView; remnant: Remnant }) {
  const readers = library.snapshots.filter(
    (s) => s.inheritedBytes > 0 && s.volumeId === remnant.volumeId,
  )
  return (
    <div className="inspector-scroll">
      <header>
        <div className="inspector-title">
          <h2 className="ellipsis selectable is-deleted">{remnant.name}</h2>
          <span className="chip">deleted</span>
        </div>
        <p className="sec">{formatInstant(remnant.startedAt)}</p>
      </header>
      <section>
        <div className="key-row inspector-hero">
          <h3>Still holds</h3>
          <span className="value">
            <Bytes value={remnant.heldBytes} />
          </span>
        </div>
      </section>
      <section>
        <div className="why">
          <h3>Why is it still here?</h3>
          <p>
            {remnant.name} cannot be restored any more. The blocks it wrote are still read by
            {readers.length > 0 ? ` ${joinNames(readers.map((s) => s.name))}` : ' later snapshots'},
            so they stay, and are put down to the oldest reader as inherited.
          </p>
        </div>
      </section>
    </div>
  )
}
