import { Menu } from '@mantine/core'
import { useAppStore } from '../state/context.ts'
import { ActionItem } from './ActionItem.tsx'

export type MenuPlace = { x: number; y: number }

type Props = { place: MenuPlace | null; onClose: () => void }

/** What can be done with the chosen snapshots, where the pointer is. */
export function SnapshotMenu({ place, onClose }: Props) {
  const store = useAppStore()
  if (place === null) return null
  return (
    <Menu onClose={onClose} opened position="bottom-start" width={280}>
      <Menu.Target>
        <span className="menu-anchor" style={{ left: place.x, top: place.y }} />
      </Menu.Target>
      <Menu.Dropdown>
        {['deletion.preview', 'snapshot.restore', 'snapshot.toVolume'].map((id) => (
          <ActionItem actionId={id} key={id} store={store} />
        ))}
        <Menu.Divider />
        {['snapshot.rename', 'selection.all'].map((id) => (
          <ActionItem actionId={id} key={id} store={store} />
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
