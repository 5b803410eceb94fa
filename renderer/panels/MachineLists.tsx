import { Frame, Server } from 'lucide-react'
import { useState } from 'react'
import type { LaunchPermissions } from '../../core/contract/image.ts'
import type { LibraryView } from '../../core/contract/model.ts'
import { useApp } from '../state/context.ts'
import { Name } from '../ui/Name.tsx'
import { count } from '../words/names.ts'
import { ActionMenu, type MenuPlace } from './ActionMenu.tsx'

const INSTANCE_MENU = [['instance.snapshot', 'instance.image'], ['instance.remove']]
const IMAGE_MENU = [
  ['machine.launch', 'machine.permissions', 'machine.copy', 'machine.tags', 'machine.compare'],
  ['machine.deregister'],
]

/** Instances with their volumes, and images with their snapshots, under the volumes. */
export function MachineLists({ library }: { library: LibraryView }) {
  const shown = useApp((state) => state.shownMachine)
  const showInstance = useApp((state) => state.showInstance)
  const showImage = useApp((state) => state.showImage)
  const [menu, setMenu] = useState<(MenuPlace & { groups: string[][] }) | null>(null)
  const volumeName = new Map(library.volumes.map((v) => [v.volumeId, v.name]))
  return (
    <>
      {library.instances.length > 0 && (
        <Section title="Instances">
          {library.instances.map(({ instanceId, name, instanceType, attachments }) => (
            <Row
              chip={instanceType}
              facts={
                attachments.map(({ volumeId }) => volumeName.get(volumeId)).join(', ') ||
                'no volumes'
              }
              icon={<Server size={14} />}
              isCurrent={shown?.id === instanceId}
              key={instanceId}
              name={name}
              onMenu={(place) => setMenu({ ...place, groups: INSTANCE_MENU })}
              onShow={() => showInstance(instanceId)}
            />
          ))}
        </Section>
      )}
      {library.images.length > 0 && (
        <Section title="Images">
          {library.images.map(({ imageId, name, mappings, permissions, region }) => (
            <Row
              chip={publicChip(permissions)}
              facts={`${count(mappings.filter((m) => m.snapshotId !== null).length, 'snapshot')}${library.regions.length > 1 ? `, ${region}` : ''}`}
              icon={<Frame size={14} />}
              isCurrent={shown?.id === imageId}
              key={imageId}
              name={name}
              onMenu={(place) => setMenu({ ...place, groups: IMAGE_MENU })}
              onShow={() => showImage(imageId)}
            />
          ))}
        </Section>
      )}
      <ActionMenu groups={menu?.groups ?? []} onClose={() => setMenu(null)} place={menu} />
    </>
  )
}

function publicChip({ isPublic, isPublicBlocked }: LaunchPermissions): string | null {
  if (!isPublic) return null
  return isPublicBlocked ? 'public, blocked' : 'public'
}

function Section({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section aria-label={title} className="machine-list">
      <h2 className="volumes-head">{title}</h2>
      <ul>{children}</ul>
    </section>
  )
}

type RowProps = {
  name: string
  chip: string | null
  facts: string
  icon: React.ReactNode
  isCurrent: boolean
  onShow: () => void
  onMenu: (place: MenuPlace) => void
}

function Row({ name, chip, facts, icon, isCurrent, onShow, onMenu }: RowProps) {
  return (
    <li>
      <button
        aria-current={isCurrent}
        className="volume-row"
        onClick={onShow}
        onContextMenu={(event) => {
          event.preventDefault()
          onShow()
          onMenu({ x: event.clientX, y: event.clientY })
        }}
        type="button"
      >
        <span className="volume-row-line">
          <span className="machine-name">
            {icon}
            <Name className="volume-row-name">{name}</Name>
          </span>
          {chip !== null && <span className="chip">{chip}</span>}
        </span>
        <span className="volume-row-facts ellipsis">{facts}</span>
      </button>
    </li>
  )
}
