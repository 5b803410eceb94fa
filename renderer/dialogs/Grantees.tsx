import { Checkbox, TextInput } from '@mantine/core'
import { useState } from 'react'
import { AccountId } from '../../core/contract/account.ts'
import type { LibraryView } from '../../core/contract/model.ts'
import type { Grantee } from '../../core/contract/sharing.ts'
import { accountLabel, isForeign } from '../state/accounts.ts'
import { Button } from '../ui/Button.tsx'

type Props = {
  library: LibraryView
  accounts: readonly AccountId[]
  isPublic?: boolean
  /** What everybody could do then; null: everybody is no choice here. */
  publicSays: string | null
  /** Why it cannot be shared with everybody. */
  publicProblem?: string | null
  /** It cannot be shared with anybody more. */
  isClosed?: boolean
  onGrant: (grantee: Grantee) => void
  onRevoke: (grantee: Grantee) => void
}

/** Accounts of the library, those that were given by their ids alone, and everybody. */
export function Grantees({
  library,
  accounts,
  isPublic = false,
  publicSays,
  publicProblem = null,
  isClosed = false,
  onGrant,
  onRevoke,
}: Props) {
  const known = library.accounts.filter(({ accountId }) =>
    isForeign(library, { ownerId: accountId }),
  )
  const strangers = accounts
    .filter((id) => !known.some(({ accountId }) => accountId === id))
    .map((accountId) => ({ accountId, name: '' }))
  const listed = [...known, ...strangers]
  const isEmpty = listed.length === 0 && publicSays === null
  return (
    <>
      {isEmpty ? (
        <p className="sheet-none">This library has no other account yet.</p>
      ) : (
        <div className="grantees sheet-list">
          {listed.map((account) => (
            <Checkbox
              checked={accounts.includes(account.accountId)}
              description={account.name === '' ? undefined : account.accountId}
              disabled={isClosed && !accounts.includes(account.accountId)}
              key={account.accountId}
              label={<bdi>{accountLabel(account)}</bdi>}
              onChange={({ currentTarget }) =>
                (currentTarget.checked ? onGrant : onRevoke)(account.accountId)
              }
            />
          ))}
          {publicSays !== null && (
            <Checkbox
              checked={isPublic}
              description={publicProblem ?? publicSays}
              disabled={publicProblem !== null && !isPublic}
              label="Everybody (public)"
              onChange={({ currentTarget }) => (currentTarget.checked ? onGrant : onRevoke)('all')}
            />
          )}
        </div>
      )}
      {!isClosed && <OtherAccount onGrant={onGrant} />}
    </>
  )
}

/** One that the library does not list. */
function OtherAccount({ onGrant }: Pick<Props, 'onGrant'>) {
  const [typed, setTyped] = useState('')
  const id = AccountId.safeParse(typed.trim())
  const add = () => {
    if (!id.success) return
    onGrant(id.data)
    setTyped('')
  }
  return (
    <div className="grantee-other">
      <TextInput
        description="Twelve digits"
        inputMode="numeric"
        label="Another account by its id"
        maxLength={12}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          add()
        }}
        value={typed}
      />
      <Button disabled={!id.success} onClick={add}>
        Add
      </Button>
    </div>
  )
}
