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
  /** What leaves it without doing it. */
  cancel?: string
  onCancel?: () => void
  /** false: what was asked is being done, and is waited for. */
  canLeave?: boolean
  /** danger: something is lost. */
  tone?: 'primary' | 'danger'
  onSubmit?: () => void
  /** What is asked may be refused: who asked closes it, or tells why not. */
  staysOpen?: boolean
  size?: number
}

/** A form in front of the window. Enter does it, Escape leaves it. */
export function Sheet({
  title,
  children,
  submit,
  canSubmit = true,
  cancel = 'Cancel',
  onCancel,
  canLeave = true,
  tone = 'primary',
  onSubmit,
  staysOpen = false,
  size = 420,
}: Props) {
  const close = useApp((state) => state.closeDialog)
  const leave = () => {
    if (!canLeave) return
    close()
    onCancel?.()
  }
  const doIt = (event: FormEvent) => {
    event.preventDefault()
    if (!canSubmit) return
    if (!staysOpen) close()
    onSubmit?.()
  }
  return (
    <Modal.Root centered onClose={leave} opened size={size} transitionProps={{ duration: 120 }}>
      <Modal.Overlay backgroundOpacity={0.4} />
      <Modal.Content>
        {/* Not Modal.Header: a second header would be a second banner. */}
        <div className="sheet-head">
          <Modal.Title>{title}</Modal.Title>
          {submit === undefined && <Modal.CloseButton aria-label="Close" />}
        </div>
        <Modal.Body>
          <form className="sheet" onSubmit={doIt}>
            {children}
            {submit !== undefined && (
              <div className="sheet-actions">
                <Button disabled={!canLeave} onClick={leave}>
                  {cancel}
                </Button>
                <Button disabled={!canSubmit} tone={tone} type="submit">
                  {submit}
                </Button>
              </div>
            )}
          </form>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
