import type { StateCreator } from 'zustand/vanilla'
import type { Account, AccountId } from '../../core/contract/account.ts'
import type { SnapshotId } from '../../core/contract/ids.ts'
import type { LibraryView, Snapshot, Volume } from '../../core/contract/model.ts'
import type { Grantee, PublicAccess, PublicAccessState } from '../../core/contract/sharing.ts'
import type { World } from './api.ts'
import { tellingFailure } from './notices.ts'
import type { AppState } from './store.ts'

export type AccountsSlice = {
  addAccount: (accountId: string, name: string) => Promise<void>
  /** What is seen and made from now on is that account's. */
  goToAccount: (accountId: AccountId) => Promise<void>
  /** @param withKey shares the key of an encrypted one as well */
  share: (snapshotId: SnapshotId, grantee: Grantee, withKey?: boolean) => Promise<void>
  stopSharing: (snapshotId: SnapshotId, grantee: Grantee) => Promise<void>
  /** What the current account lets be public where it works; null: not asked yet. */
  publicAccess: PublicAccess | null
  refreshPublicAccess: () => Promise<void>
  setPublicAccess: (state: PublicAccessState) => Promise<void>
}

type Calls = Pick<
  World['engine'],
  'addAccount' | 'useAccount' | 'shareSnapshot' | 'getPublicAccess' | 'setPublicAccess'
>

export const accountsSlice =
  (engine: Calls): StateCreator<AppState, [], [], AccountsSlice> =>
  (set, get) => {
    const tryTo = tellingFailure(get)
    return {
      addAccount: (accountId, name) =>
        tryTo(async () => {
          const account = await engine.addAccount({
            accountId,
            ...(name.trim() !== '' && { name }),
          })
          get().tell({
            kind: 'done',
            title: `Added ${accountLabel(account)}`,
            body: 'Snapshots can be shared with it. Settings go over to it.',
          })
        }),

      goToAccount: (accountId) =>
        tryTo(async () => {
          get().select([], 'one')
          const account = await engine.useAccount({ account: accountId })
          get().dismissUndo()
          get().announce(`Everything is seen as ${accountLabel(account)} now.`)
        }),

      share: (snapshotId, grantee, withKey = false) =>
        tryTo(() => engine.shareSnapshot({ snapshotId, add: [grantee], withKey })),

      stopSharing: (snapshotId, grantee) =>
        tryTo(() => engine.shareSnapshot({ snapshotId, remove: [grantee] })),

      publicAccess: null,
      refreshPublicAccess: () =>
        tryTo(async () => set({ publicAccess: await engine.getPublicAccess({}) })),
      setPublicAccess: (state) =>
        tryTo(async () => set({ publicAccess: await engine.setPublicAccess({ state }) })),
    }
  }

/** Where accounts are told apart at all. */
export function hasAccounts(library: LibraryView | null): boolean {
  return (library?.accounts.length ?? 0) > 1
}

export function currentAccount(library: LibraryView | null): Account | undefined {
  return library?.accounts.find(({ isCurrent }) => isCurrent)
}

/** Only shared with the account that looks, or offered to everybody. */
export function isForeign(
  library: LibraryView | null,
  { ownerId }: Pick<Snapshot | Volume, 'ownerId'>,
): boolean {
  return ownerId !== currentAccount(library)?.accountId
}

/** "account shop", or by its digits where it has no name. */
export function accountLabel({ accountId, name }: Pick<Account, 'accountId' | 'name'>): string {
  return `account ${name === '' ? accountId : name}`
}

/** The same for an id; accounts that the library does not list go by their digits. */
export function labelOfAccount(library: LibraryView, id: AccountId): string {
  const known = library.accounts.find(({ accountId }) => accountId === id)
  return accountLabel(known ?? { accountId: id, name: '' })
}
