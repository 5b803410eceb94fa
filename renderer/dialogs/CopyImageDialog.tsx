import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import type { RegionName } from '../../core/contract/ids.ts'
import type { Image } from '../../core/contract/image.ts'
import type { LibraryView, Snapshot } from '../../core/contract/model.ts'
import { useApp } from '../state/context.ts'
import type { SealWish } from '../state/keys.ts'
import { snapshotsBehind } from '../state/tree.ts'
import { formatBytes } from '../words/byte-format.ts'
import { isImageName } from '../words/image-words.ts'
import { count, freeName, joinNames } from '../words/names.ts'
import { regionProblem } from '../words/region-words.ts'
import { EncryptionFields } from './EncryptionFields.tsx'
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
  const [seal, setSeal] = useState<SealWish>({})
  const isNew = choice === NEW
  const region = isNew ? added : choice
  const snapshots = snapshotsBehind(library, image)
  const sealed = snapshots.filter(({ encryption }) => encryption !== null)
  const taken = library.images.filter((one) => one.region === region).map((one) => one.name)
  const name = typed ?? freeName(image.name, taken)
  const isRegion = !isNew || regionProblem(added, library.regions) === null
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
      <NativeSelect
        data={[
          ...regions.map((value) => ({
            value,
            label: value === image.region ? `${value}, its own region` : value,
          })),
          { value: NEW, label: 'A new region…' },
        ]}
        label="Region"
        onChange={(event) => {
          setChoice(event.currentTarget.value)
          // A key belongs to one region.
          setSeal(seal.encrypted === true ? { encrypted: true } : {})
        }}
        value={choice}
      />
      {isNew && <RegionNameInput library={library} name={added} onName={setAdded} />}
      <ImageNameInput label="Name of the copy" name={name} onName={setTyped} />
      <EncryptionFields
        keepsKey={false}
        onWish={setSeal}
        region={region as RegionName}
        source={sealed.length === snapshots.length ? (sealed[0] ?? null) : null}
        wish={seal}
      />
      {sealed.length > 0 && sealed.length < snapshots.length && seal.encrypted !== true && (
        <p className="sec small">{mixedWords(sealed)}</p>
      )}
    </Sheet>
  )
}

/** What is asked is about the others. */
function mixedWords(sealed: readonly Snapshot[]): string {
  const names = joinNames(sealed.map(({ name }) => name))
  return sealed.length === 1
    ? `${names} is encrypted; its copy is, too, with the default key of the region.`
    : `${names} are encrypted; their copies are, too, with the default key of the region.`
}

/** "2 snapshots (14 GiB whole)"; another account's image does not tell what its snapshots hold. */
function wordsOf({ mappings }: Image, known: readonly Snapshot[]): string {
  const ids = new Set(mappings.flatMap(({ snapshotId }) => snapshotId ?? []))
  const fullBytes = known.reduce((sum, each) => sum + each.fullBytes, 0)
  const words = count(ids.size, 'snapshot')
  return known.length === ids.size ? `${words} (${formatBytes(fullBytes)} whole)` : words
}
