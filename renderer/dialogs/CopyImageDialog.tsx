import { useState } from 'react'
import type { RegionName } from '../../core/contract/ids.ts'
import type { Image } from '../../core/contract/image.ts'
import type { LibraryView, Snapshot } from '../../core/contract/model.ts'
import { useApp } from '../state/context.ts'
import { snapshotsBehind } from '../state/tree.ts'
import { formatBytes } from '../words/byte-format.ts'
import { isImageName, sealedCopiesWords } from '../words/image-words.ts'
import { allOf, count, freeName } from '../words/names.ts'
import { DestinationFields, useDestination } from './Destination.tsx'
import { EncryptionFields } from './EncryptionFields.tsx'
import { ImageNameInput } from './ImageNameInput.tsx'
import { Sheet } from './Sheet.tsx'

/** An image in another region, with copies of its snapshots there. */
export function CopyImageDialog({ library, image }: { library: LibraryView; image: Image }) {
  const copy = useApp((state) => state.copyImage)
  const destination = useDestination(library, image.region)
  const { isNew, region, isRegion, seal, setSeal } = destination
  const [typed, setTyped] = useState<string | null>(null)
  const snapshots = snapshotsBehind(library, image)
  const sealed = snapshots.filter(({ encryption }) => encryption !== null)
  const taken = library.images.filter((one) => one.region === region).map((one) => one.name)
  const name = typed ?? freeName(image.name, taken)
  return (
    <Sheet
      canSubmit={isRegion && isImageName(name)}
      onSubmit={() => void copy(image.imageId, { region, isNew }, name.trim(), seal)}
      submit="Copy"
      title={`Copy ${image.name} to a region`}
    >
      <p className="sec">
        Copies {wordsOf(image, snapshots)}, incrementally where copies are there already, and
        registers them. Who may launch it is not copied.
      </p>
      <DestinationFields destination={destination} library={library} ownRegion={image.region} />
      <ImageNameInput label="Name of the copy" name={name} onName={setTyped} />
      <EncryptionFields
        keepsKey={false}
        onWish={setSeal}
        region={region as RegionName}
        several={allOf(snapshotCountOf(image), 'copy', 'copies')}
        source={sealed.length === snapshots.length ? (sealed[0] ?? null) : null}
        wish={seal}
      />
      {sealed.length > 0 && sealed.length < snapshots.length && seal.encrypted !== true && (
        <p className="sec small">{sealedCopiesWords(sealed)}</p>
      )}
    </Sheet>
  )
}

/** "2 snapshots (14 GiB whole)"; another account's image does not tell what its snapshots hold. */
function wordsOf(image: Image, known: readonly Snapshot[]): string {
  const amount = snapshotCountOf(image)
  const fullBytes = known.reduce((sum, each) => sum + each.fullBytes, 0)
  const words = count(amount, 'snapshot')
  return known.length === amount ? `${words} (${formatBytes(fullBytes)} whole)` : words
}

function snapshotCountOf({ mappings }: Image): number {
  return new Set(mappings.flatMap(({ snapshotId }) => snapshotId ?? [])).size
}
