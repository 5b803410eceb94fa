import { Checkbox } from '@mantine/core'
import type { AccountId } from '../../core/contract/account.ts'
import type { Key } from '../../core/contract/keys.ts'
import type { LibraryView } from '../../core/contract/model.ts'
import { labelOfAccount } from '../state/accounts.ts'
import { useApp } from '../state/context.ts'
import { Button } from '../ui/Button.tsx'
import { joinNames } from '../words/names.ts'

type Props = {
  library: LibraryView
  /** What it is encrypted with that is shared. */
  keys: readonly Key[]
  /** Those that it is shared with already. */
  accounts: readonly AccountId[]
  withKeys: boolean
  onWithKeys: (withKeys: boolean) => void
}

/** What is encrypted opens with its keys alone: whether they are shared, too, and who lacks them. */
export function KeyGrants({ library, keys, accounts, withKeys, onWithKeys }: Props) {
  const share = useApp((state) => state.shareKeys)
  if (keys.length === 0) return null
  const names = joinNames(keys.map(({ name }) => name))
  const [what, it] = keys.length === 1 ? ['key', 'it'] : ['keys', 'them']
  const without = accounts.filter((id) => keys.some(({ sharedWith }) => !sharedWith.includes(id)))
  return (
    <div className="key-grants">
      <Checkbox
        checked={withKeys}
        description={`Without ${it} nothing can be made of this. Other snapshots that you share open with ${it}, too.`}
        label={`Share its ${what}, too: ${names}`}
        onChange={({ currentTarget }) => onWithKeys(currentTarget.checked)}
      />
      {without.length > 0 && (
        <p className="seal-note" role="note">
          <span>
            Without its {what}: {joinNames(without.map((id) => labelOfAccount(library, id)))}.
          </span>
          <Button
            onClick={() =>
              void share(
                keys.map(({ keyId }) => keyId),
                without,
              )
            }
          >
            Share the {what}
          </Button>
        </p>
      )}
    </div>
  )
}
