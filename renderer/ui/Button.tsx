import { Tooltip } from '@mantine/core'
import type { ComponentProps, ReactNode } from 'react'
import { whyOffOf } from '../actions/action.ts'
import { actionById } from '../actions/all.ts'
import { shortcutKeys } from '../actions/shortcut.ts'
import { useApp, useAppStore } from '../state/context.ts'
import { isMac } from './platform.ts'

type Tone = 'plain' | 'primary' | 'danger' | 'ghost'
type ButtonProps = ComponentProps<'button'> & { icon?: ReactNode; tone?: Tone }

export function Button({ icon, tone = 'plain', children, className = '', ...rest }: ButtonProps) {
  return (
    <button
      // Menus add classes of their own.
      className={`button ${className}`}
      data-icon-only={children === undefined || undefined}
      data-tone={tone}
      type="button"
      {...rest}
    >
      {icon}
      {children !== undefined && <span className="ellipsis">{children}</span>}
    </button>
  )
}

type ActionButtonProps = {
  actionId: string
  icon?: ReactNode
  tone?: Tone
  /** Instead of the action's own title; it stays the accessible name. */
  label?: string
  isIconOnly?: boolean
}

/**
 * A button that runs an action, is called as it is called and off when it cannot run. One that is off
 * for a reason that it tells can be focused, and tells it then.
 */
export function ActionButton({ actionId, icon, tone, label, isIconOnly }: ActionButtonProps) {
  const action = actionById(actionId)
  const store = useAppStore()
  const title = useApp(action.title)
  const isEnabled = useApp(action.isEnabled)
  const whyOff = useApp((state) => whyOffOf(action, state))
  const keys = action.shortcut && shortcutKeys(action.shortcut, isMac).join('+')
  const button = (
    <Button
      aria-disabled={whyOff !== null || undefined}
      aria-keyshortcuts={action.shortcut?.replace('CmdOrCtrl', isMac ? 'Meta' : 'Control')}
      aria-label={label !== undefined || isIconOnly ? title : undefined}
      data-action={actionId}
      disabled={!isEnabled && whyOff === null}
      icon={icon}
      onClick={() => {
        if (isEnabled) void action.run(store.getState())
      }}
      title={whyOff === null && keys ? `${title} (${keys})` : undefined}
      tone={tone}
    >
      {isIconOnly ? undefined : (label ?? title)}
    </Button>
  )
  return (
    <Tooltip
      disabled={whyOff === null}
      events={{ hover: true, focus: true, touch: true }}
      label={whyOff}
      maw={320}
      multiline
      transitionProps={{ duration: 0 }}
    >
      {button}
    </Tooltip>
  )
}
