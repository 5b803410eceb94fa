import { Scale } from 'lucide-react'
import type { AccountId } from '../../core/contract/account.ts'
import type { Image } from '../../core/contract/image.ts'
import type { LibraryView } from '../../core/contract/model.ts'
import { labelOfAccount } from '../state/accounts.ts'
import { snapshotById, volumeById } from '../state/tree.ts'
import { ActionButton } from '../ui/Button.tsx'
import { Bytes } from '../ui/Bytes.tsx'
import { Name } from '../ui/Name.tsx'
import { consistencyWords, machineWords, mayLaunchWords } from '../words/image-words.ts'
import { formatInstant } from '../words/time-format.ts'
import { MoreActions } from './MoreActions.tsx'
import { SnapshotLink } from './SnapshotLink.tsx'
import { TagsFact } from './TagsFact.tsx'
import './machines.css'

type Props = { image: Image; library: LibraryView }

/** What an image holds beside its snapshots: what they become, for which machine, and for whom. */
export function ImageFacts({ image, library }: Props) {
  const labelOf = (id: AccountId) => labelOfAccount(library, id)
  return (
    <>
      <div className="inspector-scroll">
        <header>
          <div className="inspector-title">
            <Name as="h2" className="selectable">
              {image.name}
            </Name>
            <span className="chip">image</span>
          </div>
          <p className="sec selectable">{image.imageId}</p>
          <p className="sec">
            {formatInstant(image.createdAt)}, {consistencyWords(image)}
          </p>
          <TagsFact tags={image.tags} />
          {image.description !== '' && <p className="selectable">{image.description}</p>}
        </header>
        <section>
          <h3>What an instance gets</h3>
          <ul className="machine-devices">
            {image.mappings.map((mapping) => (
              <li key={mapping.deviceName}>
                <span className="machine-device">
                  <code>{mapping.deviceName}</code>
                  {mapping.isRoot && <span className="chip">root</span>}
                </span>
                <span className="machine-what">
                  <MappedTo library={library} snapshotId={mapping.snapshotId} />
                  <span className="value">
                    <Bytes value={mapping.sizeBytes} />
                  </span>
                </span>
              </li>
            ))}
          </ul>
        </section>
        <section>
          <h3>Launch configuration</h3>
          <dl className="machine-facts">
            <dt>Machine</dt>
            <dd>{machineWords(image)}</dd>
            <dt>Root</dt>
            <dd>{image.mappings.find(({ isRoot }) => isRoot)?.deviceName}</dd>
            <dt>Region</dt>
            <dd>{image.region}</dd>
          </dl>
        </section>
        <section>
          <h3>Launch permissions</h3>
          <dl className="machine-facts">
            <dt>Owner</dt>
            <dd>
              <bdi>{labelOf(image.ownerId)}</bdi>
            </dd>
            <dt>Launched by</dt>
            <dd>{mayLaunchWords(image, labelOf)}</dd>
          </dl>
          <p className="sec">
            It stores nothing itself, but keeps its snapshots: they cannot be deleted until it is
            deregistered.
          </p>
        </section>
      </div>
      <footer className="inspector-actions">
        <ActionButton actionId="machine.launch" label="Launch…" />
        <ActionButton actionId="machine.compare" icon={<Scale size={16} />} label="Compare" />
        <MoreActions
          actionIds={['machine.permissions', 'machine.copy', 'machine.tags', 'machine.deregister']}
        />
      </footer>
    </>
  )
}

function MappedTo({
  library,
  snapshotId,
}: {
  library: LibraryView
  snapshotId: Image['mappings'][number]['snapshotId']
}) {
  if (snapshotId === null) return <span className="sec">an empty volume</span>
  const snapshot = snapshotById(library, snapshotId)
  if (snapshot === undefined) return <span className="sec ellipsis">{snapshotId}</span>
  const volume = volumeById(library, snapshot.volumeId)
  return (
    <span className="machine-source">
      <SnapshotLink to={snapshot} />
      {volume !== undefined && <span className="sec ellipsis"> of {volume.name}</span>}
    </span>
  )
}
