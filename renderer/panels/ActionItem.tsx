import { Menu } from '@mantine/core'
import { useId } from 'react'
import { whyOffOf } from '../actions/action.ts'
import { actionById } from '../actions/all.ts'
import { useApp } from '../state/context.ts'
import type { AppStore } from '../state/store.ts'
import { Keys } from '../ui/Keys.tsx'

/** An action as an item of a menu. One that is off for a reason that it tells is reached by keys, too. */
export function ActionItem({ actionId, store }: { actionId: string; store: AppStore }) {
  const action = actionById(actionId)
  const title = useApp(action.title)
  const isEnabled = useApp(action.isEnabled)
  const whyOff = useApp((state) => whyOffOf(action, state))
  const reasonId = useId()
  const told = whyOff !== null && {
    'aria-describedby': reasonId,
    'aria-disabled': true,
    'aria-label': title,
    closeMenuOnClick: false,
  }
  return (
    <Menu.Item
      disabled={!isEnabled && whyOff === null}
      onClick={() => {
        if (isEnabled) void action.run(store.getState())
      }}
      rightSection={action.shortcut === undefined ? undefined : <Keys shortcut={action.shortcut} />}
      {...told}
    >
      <span className="action-title" title={title}>
        {title}
      </span>
      {whyOff !== null && (
        <span className="small why-off" id={reasonId}>
          {whyOff}
        </span>
      )}
    </Menu.Item>
  )
}
