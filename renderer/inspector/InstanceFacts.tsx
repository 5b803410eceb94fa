import { Unplug } from 'lucide-react'
import type { Instance } from '../../core/contract/instance.ts'
import type { LibraryView } from '../../core/contract/model.ts'
import { useApp } from '../state/context.ts'
import { volumeById } from '../state/tree.ts'
import { ActionButton, Button } from '../ui/Button.tsx'
import { Name } from '../ui/Name.tsx'
import { MoreActions } from './MoreActions.tsx'
import './machines.css'

type Props = { instance: Instance; library: LibraryView }

/** An instance: its volumes at their devices, and what it was launched with. */
export function InstanceFacts({ instance, library }: Props) {
  const detach = useApp((state) => state.detachVolume)
  const image = library.images.find(({ imageId }) => imageId === instance.imageId)
  return (
    <>
      <div className="inspector-scroll">
        <header>
          <div className="inspector-title">
            <Name as="h2" className="selectable">
              {instance.name}
            </Name>
            <span className="chip">instance</span>
          </div>
          <p className="sec selectable">{instance.instanceId}</p>
        </header>
        <section>
          <h3>Volumes</h3>
          {instance.attachments.length === 0 && (
            <p className="sec">None yet. Choose a volume, then “Attach to an instance…”.</p>
          )}
          <ul className="machine-devices">
            {instance.attachments.map(({ deviceName, volumeId, isRoot }) => {
              const name = volumeById(library, volumeId)?.name ?? volumeId
              return (
                <li key={deviceName}>
                  <span className="machine-device">
                    <code>{deviceName}</code>
                    {isRoot && <span className="chip">root</span>}
                  </span>
                  <span className="machine-what">
                    <Name>{name}</Name>
                    <Button
                      aria-label={`Detach ${name}`}
                      icon={<Unplug size={14} />}
                      onClick={() => void detach(volumeId)}
                      title={`Detach ${name}`}
                      tone="ghost"
                    />
                  </span>
                </li>
              )
            })}
          </ul>
        </section>
        <section>
          <h3>Launch parameters</h3>
          <dl className="machine-facts">
            <dt>Type</dt>
            <dd>{instance.instanceType}</dd>
            <dt>Security groups</dt>
            <dd>{instance.securityGroups.join(', ') || 'none'}</dd>
            <dt>Key pair</dt>
            <dd>{instance.keyPair ?? 'none'}</dd>
            <dt>Launched from</dt>
            <dd>{image?.name ?? instance.imageId ?? 'no image'}</dd>
          </dl>
          <p className="sec">They are given at each launch and are no part of an image.</p>
        </section>
      </div>
      <footer className="inspector-actions">
        <ActionButton actionId="instance.snapshot" label="Snapshot…" />
        <ActionButton actionId="instance.image" label="Create image…" />
        <MoreActions actionIds={['instance.remove']} />
      </footer>
    </>
  )
}
