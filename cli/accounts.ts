import type { Account } from '../core/contract/account.ts'
import { formatSize } from '../core/contract/size-text.ts'
import { type Answer, answer } from './answer.ts'
import { exact } from './describe.ts'
import { AccountJson, AccountListJson } from './json.ts'
import type { Library } from './library.ts'
import { facts, safeName, table } from './table.ts'

export async function listAccounts({ engine }: Library): Promise<Answer> {
  const accounts = await engine.listAccounts()
  return answer(AccountListJson, { accounts }, accountTable(accounts))
}

export async function addAccount(
  { engine }: Library,
  accountId: string,
  { name }: { readonly name?: string },
): Promise<Answer> {
  return accountAnswer(await engine.addAccount({ accountId, name }))
}

export async function useAccount({ engine }: Library, account: string): Promise<Answer> {
  return accountAnswer(await engine.useAccount({ account }))
}

function accountAnswer(account: Account): Answer {
  const text = facts([
    ['Account', account.isCurrent ? `${account.accountId} (current)` : account.accountId],
    ...(account.name === '' ? [] : ([['Name', safeName(account.name)]] as const)),
    ['Volumes', String(account.volumeCount)],
    ['Snapshots', String(account.snapshotCount)],
    ['Stored', exact(account.storedBytes)],
  ])
  return answer(AccountJson, account, text)
}

/** The current one is marked. */
function accountTable(accounts: readonly Account[]): string {
  return table(
    [
      { heading: 'Account' },
      { heading: '' },
      { heading: 'Name' },
      { heading: 'Volumes', isFigure: true },
      { heading: 'Snapshots', isFigure: true },
      { heading: 'Stored', isFigure: true },
    ],
    accounts.map((account) => [
      account.accountId,
      account.isCurrent ? 'current' : '',
      safeName(account.name),
      String(account.volumeCount),
      String(account.snapshotCount),
      formatSize(account.storedBytes),
    ]),
  )
}
