import { Menu } from '@mantine/core'
import { Ellipsis } from 'lucide-react'
import { ActionItem } from '../panels/ActionItem.tsx'
import { useAppStore } from '../state/context.ts'
import { Button } from '../ui/Button.tsx'

/** What else can be done, behind one button. */
export function MoreActions({ actionIds }: { actionIds: readonly string[] }) {
  const store = useAppStore()
  return (
    <Menu position="top-end" width={260}>
      <Menu.Target>
        <Button aria-label="More actions" icon={<Ellipsis size={16} />} />
      </Menu.Target>
      <Menu.Dropdown>
        {actionIds.map((id) => (
          <ActionItem actionId={id} key={id} store={store} />
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
