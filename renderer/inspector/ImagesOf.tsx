import type { LibraryView, Snapshot } from '../../core/contract/model.ts'
import { useApp } from '../state/context.ts'
import { isMappedBy } from '../state/images.ts'
import { snapshotById } from '../state/tree.ts'
import { SnapshotLink } from './SnapshotLink.tsx'

type Props = { library: LibraryView; snapshot: Snapshot }

/** The images that keep a snapshot, and what was taken at the same moment as it. */
export function ImagesOf({ library, snapshot }: Props) {
  const showImage = useApp((state) => state.showImage)
  const images = library.images.filter((image) => isMappedBy(image, snapshot.snapshotId))
  const others = library.snapshotSets
    .filter(({ snapshotIds }) => snapshotIds.includes(snapshot.snapshotId))
    .flatMap(({ snapshotIds }) => snapshotIds)
    .flatMap((id) => (id === snapshot.snapshotId ? [] : (snapshotById(library, id) ?? [])))
  return (
    <>
      {images.length > 0 && (
        <p className="copy-note" role="note">
          Kept by image{' '}
          {images.map((image, i) => (
            <span key={image.imageId}>
              {i > 0 && ', '}
              <button className="link" onClick={() => showImage(image.imageId)} type="button">
                {image.name}
              </button>
            </span>
          ))}
          : it cannot be deleted before that is deregistered.
        </p>
      )}
      {others.length > 0 && (
        <p className="sec">
          Taken at the same moment as{' '}
          {others.map((other, i) => (
            <span key={other.snapshotId}>
              {i > 0 && ', '}
              <SnapshotLink to={other} />
              {` of ${library.volumes.find((v) => v.volumeId === other.volumeId)?.name ?? ''}`}
            </span>
          ))}
        </p>
      )}
    </>
  )
}
