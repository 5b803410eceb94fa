import { Checkbox } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { Image } from '../../core/contract/image.ts'
import type { Instance } from '../../core/contract/instance.ts'
import type { LibraryView } from '../../core/contract/model.ts'
import { useApp } from '../state/context.ts'
import { isMappedBy } from '../state/images.ts'
import { namesOf, snapshotById, volumeById } from '../state/tree.ts'
import { formatBytes } from '../words/byte-format.ts'
import { comparedRows, isImageName, returnWords } from '../words/image-words.ts'
import { count, freeName } from '../words/names.ts'
import { ImageNameInput } from './ImageNameInput.tsx'
import { Sheet } from './Sheet.tsx'

/** An image of all volumes of an instance. */
export function CreateImageDialog(props: { library: LibraryView; instance: Instance }) {
  const { library, instance } = props
  const create = useApp((state) => state.createImage)
  const [name, setName] = useState(() =>
    freeName(
      `${instance.name} image`,
      library.images.map((image) => image.name),
    ),
  )
  const [reboots, setReboots] = useState(true)
  const { instanceId } = instance
  return (
    <Sheet
      canSubmit={isImageName(name)}
      onSubmit={() => void create({ instanceId, name: name.trim(), noReboot: !reboots })}
      submit="Create image"
      title={`Create image of ${instance.name}`}
    >
      <p className="sec">
        Takes a snapshot of {count(instance.attachments.length, 'volume')} at one moment, and
        remembers at which devices they belong. The snapshots are kept until the image is
        deregistered.
      </p>
      <ImageNameInput isFirst name={name} onName={setName} />
      <Checkbox
        checked={reboots}
        description={
          reboots
            ? 'Waits for what is being written to the volumes'
            : 'Taken as after a power failure: crash-consistent'
        }
        label="Reboot"
        onChange={(event) => setReboots(event.currentTarget.checked)}
      />
    </Sheet>
  )
}

/** The image goes; whether its snapshots do too is chosen with what that releases in view. */
export function DeregisterDialog({ library, image }: { library: LibraryView; image: Image }) {
  const { imageId } = image
  const deregister = useApp((state) => state.deregisterImage)
  const ask = useApp((state) => state.planDeregistration)
  const answer = useApp((state) => state.deregistration)
  const [deletes, setDeletes] = useState(false)
  useEffect(() => void ask(imageId), [ask, imageId, library.revision])
  const plan = answer.step === 'planned' && answer.imageId === imageId ? answer.plan : null
  const canDelete = plan?.plan != null
  const isDeleting = deletes && canDelete
  return (
    <Sheet
      canSubmit={!deletes || plan !== null}
      onSubmit={() => void deregister(imageId, isDeleting)}
      submit={isDeleting ? 'Deregister and delete' : 'Deregister'}
      title={`Deregister ${image.name}?`}
      tone={isDeleting ? 'danger' : 'primary'}
    >
      <p className="sec">
        Nothing can be launched from it any more. Instances that were, and their volumes, stay as
        they are.
      </p>
      <Checkbox
        checked={isDeleting}
        description={
          plan === null
            ? 'Working out what that releases…'
            : plan.plan === null
              ? 'Nothing of it can be deleted now'
              : `Releases ${formatBytes(plan.plan.releasedBytes)}; can be undone for a while`
        }
        disabled={!canDelete}
        label="Delete its snapshots too"
        onChange={(event) => setDeletes(event.currentTarget.checked)}
      />
      {answer.step === 'failed' && (
        <p className="is-dangerous" role="alert">
          {answer.error.message} {answer.error.remedy}
        </p>
      )}
      <ul aria-label="Its snapshots" className="returns">
        {plan?.snapshots.map((each) => (
          <li key={each.snapshotId}>
            <b>{namesOf(library, [each.snapshotId]).join()}</b>{' '}
            <span className="sec">
              {isDeleting ? returnWords(each) : 'stays, and can be deleted afterwards.'}
            </span>
          </li>
        ))}
      </ul>
    </Sheet>
  )
}

/** A snapshot and an image side by side: this image, and the snapshot at its root. */
export function CompareDialog({ library, image }: { library: LibraryView; image: Image }) {
  const snapshot = library.snapshots.find((s) => isMappedBy(image, s.snapshotId))
  const root = image.mappings[0]?.snapshotId ?? null
  const shown = (root === null ? undefined : snapshotById(library, root)) ?? snapshot
  if (shown === undefined) return null
  const volumeName = volumeById(library, shown.volumeId)?.name ?? shown.volumeId
  return (
    <Sheet size={720} title="Snapshot or image?">
      <table className="compare-table">
        <thead>
          <tr>
            <td />
            <th scope="col">
              Snapshot <span className="sec">{shown.name}</span>
            </th>
            <th scope="col">
              Image <span className="sec">{image.name}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {comparedRows(image, shown, volumeName).map((row) => (
            <tr key={row.what}>
              <th scope="row">{row.what}</th>
              <td>{row.snapshot}</td>
              <td>{row.image}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="sec">
        Instance type, security groups and key pair are no part of either: they are given at each
        launch.
      </p>
    </Sheet>
  )
}
