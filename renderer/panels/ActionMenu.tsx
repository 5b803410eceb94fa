import { Menu } from '@mantine/core'
import { Fragment } from 'react'
import { useAppStore } from '../state/context.ts'
import { ActionItem } from './ActionItem.tsx'

export type MenuPlace = { x: number; y: number }

type Props = {
  /** Null: closed. */
  place: MenuPlace | null
  /** Ids of actions, a line between groups. */
  groups: readonly (readonly string[])[]
  onClose: () => void
}

/** What can be done with the thing that the pointer is at. */
export function ActionMenu({ place, groups, onClose }: Props) {
  const store = useAppStore()
  if (place === null) return null
  return (
    <Menu onClose={onClose} opened position="bottom-start" width={320}>
      <Menu.Target>
        <span className="menu-anchor" style={{ left: place.x, top: place.y }} />
      </Menu.Target>
      <Menu.Dropdown>
        {groups.map((ids, index) => (
          <Fragment key={ids.join()}>
            {index > 0 && <Menu.Divider />}
            {ids.map((id) => (
              <ActionItem actionId={id} key={id} store={store} />
            ))}
          </Fragment>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
