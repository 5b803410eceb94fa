import type { AccountRow } from '../catalog/accounts.ts'
import { type Account, AccountId } from '../contract/account.ts'
import type { Input } from '../contract/calls.ts'
import { StrataError } from '../contract/errors.ts'
import { show } from '../contract/show.ts'
import { BLOCK_BYTES } from '../contract/units.ts'
import { commandOf } from '../engine/command-line.ts'
import type { Context } from '../engine/context.ts'
import type { Library } from '../engine/library.ts'
import { checkName } from '../engine/names.ts'
import { toldChange } from '../engine/told-change.ts'

/** Whoever may own something in a library, and what that is. */
export function accountsOf(library: Library): Account[] {
  const { of: figures } = library.figures()
  const snapshots = [...library.snapshotRows().values()].filter(({ id }) => figures.has(id))
  const volumes = [...library.volumeRows().values()].filter(({ isRemoved }) => !isRemoved)
  return library.accounts.all().map(({ id, name }) => {
    const own = snapshots.filter(({ ownerId }) => ownerId === id)
    const storedBlocks = own.reduce((sum, row) => sum + figures.get(row.id)!.storedHere, 0)
    return {
      accountId: id,
      name,
      isCurrent: id === library.currentAccount,
      snapshotCount: own.filter(({ state }) => state === 'completed').length,
      volumeCount: volumes.filter(({ ownerId }) => ownerId === id).length,
      storedBytes: storedBlocks * BLOCK_BYTES,
    }
  })
}

/**
 * The account with that id, else with that name.
 *
 * @throws StrataError ACCOUNT_UNKNOWN
 */
export function knownAccount(library: Library, text: string): AccountId {
  const all = library.accounts.all()
  const found = all.find(({ id }) => id === text) ?? accountNamed(all, text)
  if (found === undefined) throw new StrataError('ACCOUNT_UNKNOWN', { account: text })
  return found.id
}

/** @throws StrataError ACCOUNT_ID_REFUSED, ACCOUNT_EXISTS, NAME_REFUSED, NAME_TAKEN */
export function addAccount({ library, clock }: Context, input: Input<'addAccount'>): Account {
  const parsed = AccountId.safeParse(input.accountId)
  if (!parsed.success) throw new StrataError('ACCOUNT_ID_REFUSED', { account: input.accountId })
  const id = parsed.data
  const all = library.accounts.all()
  if (all.some((row) => row.id === id)) throw new StrataError('ACCOUNT_EXISTS', { account: id })
  const name = input.name === undefined ? '' : freeAccountName(all, input.name)
  toldChange(
    { library, clock },
    {
      title: name === '' ? `Added account ${id}` : `Added account ${show(name)}`,
      command: ['account', 'add', id, ...(name === '' ? [] : ['--name', name])],
    },
    () => {
      library.accounts.insert({ id, name }, clock())
    },
  )
  return accountWith(library, id)
}

/** Whose what is made from now on will be. @throws StrataError ACCOUNT_UNKNOWN */
export function useAccount({ library, clock }: Context, input: Input<'useAccount'>): Account {
  const id = knownAccount(library, input.account)
  library.change(() => {
    library.keepCurrentAccount(id)
    // The first line of what it does next.
    library.asker.as(id, () =>
      library.history.add({
        at: clock(),
        title: `Went to account ${id}`,
        command: commandOf(library, 'account', 'use', id),
        storedDeltaBytes: 0,
        deletionId: null,
      }),
    )
  })
  return accountWith(library, id)
}

function accountNamed(all: readonly AccountRow[], text: string): AccountRow | undefined {
  const wanted = text.normalize('NFC').trim()
  return all.find(({ name }) => name !== '' && name === wanted)
}

/** What stands for others than one account where they are named. */
const KEPT = ['all', 'self']

/** Names may stand where ids do, so none looks like an id, and no two are alike. */
function freeAccountName(all: readonly AccountRow[], wish: string): string {
  const name = checkName(wish)
  if (AccountId.safeParse(name).success) {
    throw new StrataError('NAME_REFUSED', { name, problem: 'looks like the id of an account' })
  }
  if (KEPT.includes(name.toLowerCase())) {
    throw new StrataError('NAME_REFUSED', {
      name,
      problem: 'is kept for everybody, or for oneself',
    })
  }
  if (accountNamed(all, name)) throw new StrataError('NAME_TAKEN', { name, kind: 'account' })
  return name
}

function accountWith(library: Library, id: AccountId): Account {
  return accountsOf(library).find(({ accountId }) => accountId === id)!
}
