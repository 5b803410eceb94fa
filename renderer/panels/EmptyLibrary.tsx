import { FlaskConical, FolderOpen, Plus } from 'lucide-react'
import { BandPicture } from '../drop/BandPicture.tsx'
import { releasedCells } from '../drop/bands.ts'
import { EXAMPLE, EXAMPLE_CELL_GIB, EXAMPLE_NAMES } from '../drop/example-maps.ts'
import { ActionButton } from '../ui/Button.tsx'
import { formatBytes } from '../words/byte-format.ts'
import './empty-library.css'

const GIB = 2 ** 30
const sizeOf = (cells: number) => formatBytes(cells * EXAMPLE_CELL_GIB * GIB)
const freedBy = (...columns: number[]) => sizeOf(releasedCells(EXAMPLE, columns))
const bornIn = (column: number) =>
  sizeOf((EXAMPLE[column] ?? []).filter((writer) => writer === column).length)

const COLUMN = 112
const GAP = 40
const HEIGHT = 180

/** A library without a volume: what it is for, and three ways to begin. */
export function EmptyLibrary() {
  return (
    <section aria-label="Empty library" className="empty-library">
      <div className="empty-library-target">
        <svg
          aria-label={`Three snapshots: A frees ${freedBy(0)}, B frees ${freedBy(1)}, C frees ${freedBy(2)}`}
          height={HEIGHT + 24}
          role="img"
          viewBox={`0 0 ${3 * COLUMN + 2 * GAP} ${HEIGHT + 24}`}
          width={3 * COLUMN + 2 * GAP}
        >
          <BandPicture
            columnWidth={COLUMN}
            gap={GAP}
            generations={[1, 3, 5]}
            height={HEIGHT}
            label={(band) => sizeOf(band.cellCount)}
            maps={EXAMPLE}
          />
          {EXAMPLE_NAMES.map((name, column) => (
            <text className="band-caption" key={name} x={column * (COLUMN + GAP)} y={HEIGHT + 18}>
              <tspan className="band-name">{name}</tspan> frees {freedBy(column)}
            </text>
          ))}
        </svg>
        <p className="sec">
          Colour shows which snapshot stores a block. B wrote {bornIn(1)} and alone frees{' '}
          {freedBy(1)}; B and C together free {freedBy(1, 2)}.
        </p>
        <h2>See what your snapshots really store</h2>
        <p className="sec empty-library-lead">
          Drop a disk image here. Strata only reads it and changes nothing.
        </p>
        <div className="empty-library-actions">
          <ActionButton actionId="image.import" icon={<FolderOpen size={16} />} tone="primary" />
          <ActionButton actionId="volume.create" icon={<Plus size={16} />} />
          <ActionButton
            actionId="library.practice"
            icon={<FlaskConical size={16} />}
            label="Open the example"
          />
        </div>
        <p className="sec">Any file is read as a raw disk, whatever its ending.</p>
      </div>
    </section>
  )
}
