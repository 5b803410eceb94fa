import { Menu } from '@mantine/core'
import { whyOffOf } from '../actions/action.ts'
import { actionById } from '../actions/all.ts'
import { useApp } from '../state/context.ts'
import type { AppStore } from '../state/store.ts'
import { Keys } from '../ui/Keys.tsx'

/** An action as an item of a menu. */
export function ActionItem({ actionId, store }: { actionId: string; store: AppStore }) {
  const action = actionById(actionId)
  const title = useApp(action.title)
  const isEnabled = useApp(action.isEnabled)
  const whyOff = useApp((state) => whyOffOf(action, state))
  return (
    <Menu.Item
      disabled={!isEnabled}
      onClick={() => void action.run(store.getState())}
      rightSection={action.shortcut === undefined ? undefined : <Keys shortcut={action.shortcut} />}
    >
      <span title={whyOff ?? title}>{title}</span>
    </Menu.Item>
  )
}
