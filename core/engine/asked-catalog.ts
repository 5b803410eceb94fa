import type { AccountId } from '../contract/account.ts'
import type { RegionName } from '../contract/ids.ts'
import { Asker } from './asker.ts'
import { ChangingCatalog } from './changing-catalog.ts'

/** A catalog that knows for which account it works, and in which region. */
export abstract class AskedCatalog extends ChangingCatalog {
  readonly asker = new Asker(() => this.currentAccount)
  #region: RegionName | undefined
  #account: AccountId | undefined

  /** Where new volumes are made. */
  get region(): RegionName {
    return this.#region ?? this.facts().currentRegion
  }

  /** For as long as this library is open; what is kept in it stays as it is. */
  workIn(region: RegionName): void {
    this.#region = region
  }

  keepCurrentRegion(name: RegionName): void {
    this.#region = undefined
    this.libraryRow.setCurrentRegion(name)
  }

  get account(): AccountId {
    return this.asker.account
  }

  get currentAccount(): AccountId {
    return this.#account ?? this.facts().currentAccount
  }

  /** For as long as this library is open; what is kept in it stays as it is. */
  workAs(account: AccountId): void {
    this.#account = account
  }

  keepCurrentAccount(id: AccountId): void {
    this.#account = undefined
    this.libraryRow.setCurrentAccount(id)
  }
}
