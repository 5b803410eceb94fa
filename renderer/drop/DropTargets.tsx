import type { ReactNode } from 'react'
import type { LibraryView, Volume } from '../../core/contract/model.ts'
import { generationsOf } from '../stage/colours.ts'
import { namesOf, snapshotsOfTree } from '../state/tree.ts'
import { formatBytes } from '../words/byte-format.ts'
import { BandPicture } from './BandPicture.tsx'
import { useRecentMaps } from './use-recent-maps.ts'

const COLUMN = 72
const GAP = 20
const HEIGHT = 118

/** A file becomes a volume of its own. */
export function NewVolumeTarget({ isOver, fileCount }: { isOver: boolean; fileCount: number }) {
  return (
    <Target
      facts={[
        [
          'Becomes',
          fileCount > 1 ? 'A volume for each file.' : 'One volume with a first snapshot.',
        ],
        ['Takes', 'Any file, as a raw disk. qcow2 is not unpacked.'],
      ]}
      isOver={isOver}
      lead={fileCount > 1 ? 'Each starts a history of its own.' : 'Starts a history of its own.'}
      title={fileCount > 1 ? 'New volumes' : 'New volume'}
      what="newVolume"
    >
      <NewColumn x={0} />
    </Target>
  )
}

type NextProps = { library: LibraryView; volume: Volume; isOver: boolean }

/** A file is the next state of a volume that is there. */
export function NextSnapshotTarget({ library, volume, isOver }: NextProps) {
  const { ids, maps } = useRecentMaps(library, volume)
  const generations = generationsOf(snapshotsOfTree(library, volume.volumeId))
  const after = volume.head.baseId === null ? null : namesOf(library, [volume.head.baseId])
  return (
    <Target
      facts={[
        ['Stored', after === null ? 'Everything in it.' : `Only blocks that differ from ${after}.`],
        ['Size', `${formatBytes(volume.sizeBytes)} or larger.`],
      ]}
      isOver={isOver}
      lead={after === null ? 'Its first snapshot.' : `Goes after ${after}.`}
      title={`Next snapshot of ${volume.name}`}
      what={volume.volumeId}
    >
      <BandPicture
        columnWidth={COLUMN}
        gap={GAP}
        generations={ids.map((id) => generations.get(id) ?? 0)}
        height={HEIGHT}
        maps={maps}
      />
      <NewColumn x={maps.length * (COLUMN + GAP)} />
    </Target>
  )
}

function NewColumn({ x }: { x: number }) {
  const [cx, cy] = [COLUMN / 2, HEIGHT / 2]
  return (
    <g className="drop-column" fill="none" strokeWidth={2} transform={`translate(${x})`}>
      <rect height={HEIGHT - 2} rx={3} strokeDasharray="5 4" width={COLUMN - 2} x={1} y={1} />
      <path d={`M${cx} ${cy - 9}v18M${cx - 9} ${cy}h18`} />
    </g>
  )
}

type TargetProps = {
  /** What a drop here means: use-file-drag reads it. */
  what: string
  title: string
  lead: string
  facts: readonly (readonly [name: string, value: string])[]
  isOver: boolean
  children: ReactNode
}

function Target({ what, title, lead, facts, isOver, children }: TargetProps) {
  return (
    <section className="drop-target" data-drop={what} data-over={isOver || undefined}>
      <svg aria-hidden height={HEIGHT} width="100%">
        {children}
      </svg>
      <h3 className="ellipsis">{title}</h3>
      <p className="sec drop-target-lead">{lead}</p>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt className="sec">{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
