import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import type { Image } from '../../core/contract/image.ts'
import type { LibraryView } from '../../core/contract/model.ts'
import { useApp } from '../state/context.ts'
import { snapshotById } from '../state/tree.ts'
import { formatBytes } from '../words/byte-format.ts'
import { isImageName } from '../words/image-words.ts'
import { count, freeName } from '../words/names.ts'
import { regionProblem } from '../words/region-words.ts'
import { ImageNameInput } from './ImageNameInput.tsx'
import { RegionNameInput } from './RegionNameInput.tsx'
import { Sheet } from './Sheet.tsx'

/** No region can be called that. */
const NEW = '+'

/** An image in another region, with copies of its snapshots there. */
export function CopyImageDialog({ library, image }: { library: LibraryView; image: Image }) {
  const copy = useApp((state) => state.copyImage)
  const names = library.regions.map(({ name }) => name)
  const regions: readonly string[] = [
    ...names.filter((name) => name !== image.region),
    image.region,
  ]
  const [choice, setChoice] = useState<string>(names.find((name) => name !== image.region) ?? NEW)
  const [added, setAdded] = useState('')
  const [typed, setTyped] = useState<string | null>(null)
  const isNew = choice === NEW
  const region = isNew ? added : choice
  const taken = library.images.filter((one) => one.region === region).map((one) => one.name)
  const name = typed ?? freeName(image.name, taken)
  const isRegion = !isNew || regionProblem(added, library.regions) === null
  return (
    <Sheet
      canSubmit={isRegion && isImageName(name)}
      onSubmit={() => void copy(image.imageId, { region, isNew }, name.trim())}
      submit="Copy"
      title={`Copy ${image.name} to a region`}
    >
      <p className="sec">
        Copies {snapshotsOf(library, image)}, incrementally where copies are there already, and
        registers them. Who may launch it is not copied.
      </p>
      <NativeSelect
        data={[
          ...regions.map((value) => ({
            value,
            label: value === image.region ? `${value}, its own region` : value,
          })),
          { value: NEW, label: 'A new region…' },
        ]}
        label="Region"
        onChange={(event) => setChoice(event.currentTarget.value)}
        value={choice}
      />
      {isNew && <RegionNameInput library={library} name={added} onName={setAdded} />}
      <ImageNameInput label="Name of the copy" name={name} onName={setTyped} />
    </Sheet>
  )
}

/** "2 snapshots (14 GiB whole)"; another account's image does not tell what its snapshots hold. */
function snapshotsOf(library: LibraryView, { mappings }: Image): string {
  const ids = [...new Set(mappings.flatMap(({ snapshotId }) => snapshotId ?? []))]
  const known = ids.flatMap((id) => snapshotById(library, id) ?? [])
  const fullBytes = known.reduce((sum, each) => sum + each.fullBytes, 0)
  const words = count(ids.length, 'snapshot')
  return known.length === ids.length ? `${words} (${formatBytes(fullBytes)} whole)` : words
}
