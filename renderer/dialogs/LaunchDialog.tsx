import { useState } from 'react'
import type { Image } from '../../core/contract/image.ts'
import type { LibraryView, Snapshot } from '../../core/contract/model.ts'
import { useApp } from '../state/context.ts'
import type { SealWish } from '../state/keys.ts'
import { snapshotsBehind } from '../state/tree.ts'
import { sealedVolumesWords } from '../words/image-words.ts'
import { allOf, count } from '../words/names.ts'
import { EncryptionFields } from './EncryptionFields.tsx'
import { InstanceFields, instanceOf, newInstance } from './InstanceFields.tsx'
import { LaunchDevices, launchSizes, type TypedSizes } from './LaunchDevices.tsx'
import { LaunchKeys, type OwnSeals } from './LaunchKeys.tsx'
import { Sheet } from './Sheet.tsx'

/** A new instance from an image. Launch parameters are asked anew each time. */
export function LaunchDialog({ library, image }: { library: LibraryView; image: Image }) {
  const launch = useApp((state) => state.launchImage)
  const taken = library.instances.map((one) => one.name)
  const [typed, setTyped] = useState(() => newInstance(image.name, taken))
  const [typedSizes, setTypedSizes] = useState<TypedSizes>(new Map())
  const [wish, setWish] = useState<SealWish>({})
  const [ownSeals, setOwnSeals] = useState<OwnSeals>(new Map())
  const defaults = useApp((state) => state.keys?.defaults)
  const wanted = instanceOf(typed)
  const sizes = launchSizes(library, image, typedSizes)
  const { imageId, mappings, region } = image
  const sealed = snapshotsBehind(library, image).filter((each) => each.encryption !== null)
  const sources = isSealedWhole(image, sealed) ? sealed : []
  const isOn = defaults?.some((one) => one.region === region && one.isOn) === true
  const seals = wish.encrypted === true || sealed.length > 0 || isOn
  const encryption = mappings.map(({ deviceName }) => ({
    deviceName,
    ...((seals && ownSeals.get(deviceName)) || wish),
  }))
  const submit = () => {
    if (wanted !== null && sizes !== null) void launch({ imageId, ...wanted, sizes, encryption })
  }
  return (
    <Sheet
      canSubmit={wanted !== null && sizes !== null}
      onSubmit={submit}
      size={560}
      submit="Launch"
      title={`Launch ${image.name}`}
    >
      <p className="sec">
        An instance with {count(mappings.length, 'volume')} of its own. What it is called, its type,
        security groups and key pair are given at each launch: no image keeps them.
      </p>
      <InstanceFields label="Name of the instance" onWanted={setTyped} wanted={typed} />
      <LaunchDevices
        image={image}
        library={library}
        onSizes={setTypedSizes}
        typedSizes={typedSizes}
      />
      <EncryptionFields
        onWish={setWish}
        region={region}
        several={allOf(mappings.length, 'volume')}
        source={sources[0] ?? null}
        sources={sources}
        wish={wish}
      />
      {sources.length === 0 && sealed.length > 0 && (
        <p className="sec small">{sealedVolumesWords(sealed)}</p>
      )}
      {seals && mappings.length > 1 && (
        <LaunchKeys image={image} library={library} onSeals={setOwnSeals} ownSeals={ownSeals} />
      )}
    </Sheet>
  )
}

/** Whether all volumes of an image are made of encrypted snapshots. */
function isSealedWhole({ mappings }: Image, sealed: readonly Snapshot[]): boolean {
  const ids = new Set(sealed.map(({ snapshotId }) => snapshotId))
  return mappings.every(({ snapshotId }) => snapshotId !== null && ids.has(snapshotId))
}
