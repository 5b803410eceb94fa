import type { ReactNode } from 'react'
import { Sheet } from './Sheet.tsx'

type Props = {
  title: string
  submit: string
  /** What cannot be had back afterwards; null where nothing is lost. */
  loss: string | null
  /** What else there is to know. */
  children: ReactNode
  onConfirm: () => Promise<void>
}

/** Asks before something that cannot be taken back. */
export function ConfirmDialog({ title, submit, loss, children, onConfirm }: Props) {
  return (
    <Sheet
      onSubmit={() => void onConfirm()}
      submit={submit}
      title={title}
      tone={loss === null ? 'primary' : 'danger'}
    >
      {loss !== null && <p className="loss">{loss}</p>}
      <p className="sec">{children}</p>
    </Sheet>
  )
}
