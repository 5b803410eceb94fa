import { NativeSelect } from '@mantine/core'
import type { Image, ImageMapping } from '../../core/contract/image.ts'
import type { LibraryView } from '../../core/contract/model.ts'
import { useApp } from '../state/context.ts'
import type { SealWish } from '../state/keys.ts'
import { snapshotById } from '../state/tree.ts'

/** By device name; what is not there is encrypted as all are. */
export type OwnSeals = ReadonlyMap<string, SealWish>

type Props = {
  library: LibraryView
  image: Image
  ownSeals: OwnSeals
  onSeals: (own: OwnSeals) => void
}

/** Of no key and no wish: as it comes. */
const USUAL = 'usual'

/** Single volumes that are encrypted in another way than all of them. */
export function LaunchKeys({ library, image, ownSeals, onSeals }: Props) {
  const keys = useApp((state) => state.keys)
  if (keys === null) return null
  const { mappings, region } = image
  const there = keys.keys.filter((key) => key.region === region && key.state === 'enabled')
  const isOn = keys.defaults.some((one) => one.region === region && one.isOn)
  const choose = (deviceName: string, chosen: string) => {
    const next = new Map(ownSeals)
    const key = there.find(({ keyId }) => keyId === chosen)
    if (key !== undefined) next.set(deviceName, { encrypted: true, key: key.keyId })
    else if (chosen === USUAL) next.set(deviceName, {})
    else next.delete(deviceName)
    onSeals(next)
  }
  return (
    <details className="own-seals">
      <summary>Each volume on its own</summary>
      {mappings.map((mapping) => {
        const { deviceName } = mapping
        const own = ownSeals.get(deviceName)
        return (
          <NativeSelect
            data={[
              { value: '', label: 'As chosen for all' },
              { value: USUAL, label: usualLabel(library, mapping, isOn) },
              ...there.map(({ keyId, name }) => ({ value: keyId, label: `With ${name}` })),
            ]}
            key={deviceName}
            label={deviceName}
            onChange={(event) => choose(deviceName, event.currentTarget.value)}
            value={own === undefined ? '' : (own.key ?? USUAL)}
          />
        )
      })}
    </details>
  )
}

/** What becomes of a volume that nothing is chosen for. */
function usualLabel(library: LibraryView, mapping: ImageMapping, isOn: boolean): string {
  const { snapshotId } = mapping
  const source = snapshotId === null ? undefined : snapshotById(library, snapshotId)
  if (source !== undefined && source.encryption !== null) return 'With the key of its snapshot'
  return isOn ? 'With the default key' : 'Not encrypted'
}
