import type { ReactNode } from 'react'
import { Sheet } from './Sheet.tsx'

type Props = {
  title: string
  submit: string
  children: ReactNode
  /** What follows cannot be undone. */
  isDangerous: boolean
  onConfirm: () => Promise<void>
}

/** Asks before something that cannot be taken back. */
export function ConfirmDialog({ title, submit, children, isDangerous, onConfirm }: Props) {
  return (
    <Sheet onSubmit={() => void onConfirm()} submit={submit} title={title}>
      <p className={isDangerous ? 'is-dangerous' : 'sec'}>{children}</p>
    </Sheet>
  )
}
