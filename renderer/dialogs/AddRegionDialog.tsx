import { useState } from 'react'
import type { LibraryView } from '../../core/contract/model.ts'
import { useApp } from '../state/context.ts'
import { regionProblem } from '../words/region-words.ts'
import { RegionNameInput } from './RegionNameInput.tsx'
import { Sheet } from './Sheet.tsx'

/** A second place for block data, inside the same library. */
export function AddRegionDialog({ library }: { library: LibraryView }) {
  const add = useApp((state) => state.addRegion)
  const [name, setName] = useState('')
  return (
    <Sheet
      canSubmit={regionProblem(name, library.regions) === null}
      onSubmit={() => void add(name)}
      submit="Add region"
      title="Add a region"
    >
      <p className="sec">
        Another place of this library with block data of its own. Snapshots are copied there; what a
        copy reads is never shared with another region.
      </p>
      <RegionNameInput library={library} name={name} onName={setName} />
    </Sheet>
  )
}
