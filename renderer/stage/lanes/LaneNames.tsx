import type { RegionName } from '../../../core/contract/ids.ts'
import { Name } from '../../ui/Name.tsx'
import { formatBytes } from '../../words/byte-format.ts'
import { count } from '../../words/names.ts'
import type { ColumnLayout } from '../columns.ts'
import type { VolumeTree } from '../tree.ts'
import type { LaneLayout } from './lane-layout.ts'

type Props = {
  tree: VolumeTree
  lanes: LaneLayout
  offsetY: number
  shape: ColumnLayout['shape']
}

/** Regions differ at their end: where there is no room, the middle goes. */
function RegionOfLane({ region }: { region: RegionName }) {
  const end = region.lastIndexOf('-')
  return (
    <span className="lane-region" title={region}>
      <span>{end < 0 ? region : region.slice(0, end)}</span>
      {end < 0 ? '' : region.slice(end)}
    </span>
  )
}

/** Whose lane it is, pinned at the left edge. */
export function LaneNames({ tree, lanes, offsetY, shape }: Props) {
  return (
    <div className="lane-names">
      {shape !== 'card' && <span className="lane-scale">bar: stored</span>}
      {tree.lanes.map(({ key, volume, region, isHome }, place) => {
        const origin = volume.originId === null ? undefined : tree.byId.get(volume.originId)
        const snapshots = tree.laneOf.get(key) ?? []
        return (
          <p key={key} style={{ top: (lanes.tops[place] ?? 0) + offsetY }}>
            <Name as="b">{volume.name}</Name>
            {tree.hasRegions && <RegionOfLane region={region} />}
            {isHome && <span>{formatBytes(volume.sizeBytes)}</span>}
            {!isHome && <span>{count(snapshots.length, 'copy', 'copies')}</span>}
            {isHome && shape !== 'card' && <span>{count(snapshots.length, 'snap')}</span>}
            {isHome && origin && <span title={`made from ${origin.name}`}>from {origin.name}</span>}
            {isHome && volume.isRemoved && (
              <span>{tree.foreign.has(volume.volumeId) ? 'shared' : 'removed'}</span>
            )}
          </p>
        )
      })}
    </div>
  )
}
