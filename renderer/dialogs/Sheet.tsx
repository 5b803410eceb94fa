import { Modal } from '@mantine/core'
import type { FormEvent, ReactNode } from 'react'
import { useApp } from '../state/context.ts'
import { Button } from '../ui/Button.tsx'

type Props = {
  title: string
  children: ReactNode
  /** What the button does, as a verb; without it there is only a way to close. */
  submit?: string
  canSubmit?: boolean
  onSubmit?: () => void
  size?: number
}

/** A form in front of the window. Enter does it, Escape leaves it. */
export function Sheet({ title, children, submit, canSubmit = true, onSubmit, size = 420 }: Props) {
  const close = useApp((state) => state.closeDialog)
  const doIt = (event: FormEvent) => {
    event.preventDefault()
    if (!canSubmit) return
    close()
    onSubmit?.()
  }
  return (
    <Modal
      centered
      closeButtonProps={{ 'aria-label': 'Close' }}
      onClose={close}
      opened
      overlayProps={{ backgroundOpacity: 0.4 }}
      size={size}
      title={title}
      transitionProps={{ duration: 120 }}
      withCloseButton={submit === undefined}
    >
      <form className="sheet" onSubmit={doIt}>
        {children}
        {submit !== undefined && (
          <div className="sheet-actions">
            <Button onClick={close}>Cancel</Button>
            <Button disabled={!canSubmit} tone="primary" type="submit">
              {submit}
            </Button>
          </div>
        )}
      </form>
    </Modal>
  )
}
