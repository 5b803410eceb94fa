import { useState } from 'react'
import { NameInput } from './NameInput.tsx'
import { Sheet } from './Sheet.tsx'

type Props = {
  title: string
  explanation?: string
  label: string
  name: string
  submit: string
  onName: (name: string) => Promise<void>
}

/** Asks for a name. The engine has the last word on whether it will do. */
export function NameDialog({ title, explanation, label, name, submit, onName }: Props) {
  const [typed, setTyped] = useState(name)
  return (
    <Sheet
      canSubmit={typed.trim() !== ''}
      onSubmit={() => void onName(typed.trim())}
      submit={submit}
      title={title}
    >
      {explanation !== undefined && <p className="sec">{explanation}</p>}
      <NameInput isFirst isProposal label={label} name={typed} onName={setTyped} />
    </Sheet>
  )
}
