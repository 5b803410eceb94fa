import { TextInput } from '@mantine/core'
import { useState } from 'react'
import type { LibraryView } from '../../core/contract/model.ts'
import { useApp } from '../state/context.ts'
import { ACCOUNT_RULE, accountProblem } from '../words/account-words.ts'
import { Sheet } from './Sheet.tsx'

/** Somebody else who owns volumes and snapshots in this library. */
export function AddAccountDialog({ library }: { library: LibraryView }) {
  const add = useApp((state) => state.addAccount)
  const [id, setId] = useState('')
  const [name, setName] = useState('')
  const problem = accountProblem(id, library)
  return (
    <Sheet
      canSubmit={problem === null}
      onSubmit={() => void add(id, name)}
      submit="Add account"
      title="Add an account"
    >
      <p className="sec">
        Another owner of volumes and snapshots in this library. It sees its own things, and what is
        shared with it.
      </p>
      <TextInput
        data-autofocus
        description={ACCOUNT_RULE}
        error={id === '' ? null : problem}
        inputMode="numeric"
        label="Id of the account"
        maxLength={12}
        onChange={(event) => setId(event.currentTarget.value)}
        value={id}
      />
      <TextInput
        label="Name, if you like"
        maxLength={100}
        onChange={(event) => setName(event.currentTarget.value)}
        value={name}
      />
    </Sheet>
  )
}
