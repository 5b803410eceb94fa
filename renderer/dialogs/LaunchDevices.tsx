import { TextInput } from '@mantine/core'
import type { Input } from '../../core/contract/calls.ts'
import type { Image, ImageMapping } from '../../core/contract/image.ts'
import type { LibraryView } from '../../core/contract/model.ts'
import { snapshotById, volumeById } from '../state/tree.ts'
import { Name } from '../ui/Name.tsx'
import { formatBytes, parseBytes } from '../words/byte-format.ts'
import { sizeProblem, sizeProblemOf } from '../words/volume-words.ts'

/** By device name; what is not there is as the image says. */
export type TypedSizes = ReadonlyMap<string, string>

type Props = {
  library: LibraryView
  image: Image
  typedSizes: TypedSizes
  onSizes: (typed: TypedSizes) => void
}

/** The volumes that an instance gets, and how large they are. */
export function LaunchDevices({ library, image, typedSizes, onSizes }: Props) {
  return (
    <table className="launch-devices">
      <thead>
        <tr>
          <th scope="col">Device</th>
          <th scope="col">Made from</th>
          <th scope="col">Size</th>
        </tr>
      </thead>
      <tbody>
        {image.mappings.map((mapping) => {
          const { deviceName, isRoot } = mapping
          const typed = typedSizes.get(deviceName)
          return (
            <tr key={deviceName}>
              <td>
                <code>{deviceName}</code>
                {isRoot && <span className="chip">root</span>}
              </td>
              <td>
                <Name>{sourceWords(library, mapping)}</Name>
              </td>
              <td>
                <TextInput
                  aria-label={`Size of ${deviceName}`}
                  error={typed !== undefined && problemOf(library, mapping, typed)}
                  onChange={(event) =>
                    onSizes(new Map(typedSizes).set(deviceName, event.currentTarget.value))
                  }
                  value={typed ?? shownSize(mapping)}
                />
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

/** Those that differ from what the image says; null: not all of them can be. */
export function launchSizes(
  library: LibraryView,
  { mappings }: Image,
  typedSizes: TypedSizes,
): Input<'launchImage'>['sizes'] | null {
  const sizes: Input<'launchImage'>['sizes'] = []
  for (const mapping of mappings) {
    const typed = typedSizes.get(mapping.deviceName)
    // What is shown is rounded: untouched, it stands for the size to the byte.
    if (typed === undefined || typed === shownSize(mapping)) continue
    const sizeBytes = parseBytes(typed)
    if (sizeBytes === null || problemOf(library, mapping, typed) !== null) return null
    sizes.push({ deviceName: mapping.deviceName, sizeBytes })
  }
  return sizes
}

/** With a blank as it is typed. */
const shownSize = ({ sizeBytes }: ImageMapping) => formatBytes(sizeBytes).replace('\u00a0', ' ')

function problemOf(library: LibraryView, mapping: ImageMapping, typed: string): string | null {
  if (typed === shownSize(mapping)) return null
  const snapshot = sourceOf(library, mapping)
  const sizeBytes = parseBytes(typed)
  return snapshot === undefined ? sizeProblem(sizeBytes) : sizeProblemOf(sizeBytes, snapshot)
}

/** Another account's image may be launched without its snapshots being seen. */
function sourceOf(library: LibraryView, { snapshotId }: ImageMapping) {
  return snapshotId === null ? undefined : snapshotById(library, snapshotId)
}

function sourceWords(library: LibraryView, mapping: ImageMapping): string {
  if (mapping.snapshotId === null) return 'nothing: it is empty'
  const snapshot = sourceOf(library, mapping)
  if (snapshot === undefined) return mapping.snapshotId
  const volume = volumeById(library, snapshot.volumeId)
  const of = volume === undefined ? '' : ` of ${volume.name}`
  return `${snapshot.name}${of}, at least ${formatBytes(snapshot.volumeSizeBytes)}`
}
