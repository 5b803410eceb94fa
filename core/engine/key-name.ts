import type { AccountId } from '../contract/account.ts'
import type { RegionName } from '../contract/ids.ts'

type Place = { readonly account: AccountId; readonly region: RegionName }

/** How somebody names a key. */
export type KeyName = {
  /** Its id or its name. */
  readonly wanted: string
  /** Whether a key lies where an ARN says; nothing else says where. */
  mayBe(key: Place): boolean
}

const ARN = /^arn:aws:kms:([a-z0-9-]+):(\d{12}):(?:key|alias)\//

/** Reads an id, a name with or without `alias/`, or an ARN of either. */
export function keyName(text: string): KeyName {
  const [start = '', region, account] = ARN.exec(text) ?? []
  return {
    wanted: text
      .slice(start.length)
      .replace(/^alias\//, '')
      .normalize('NFC'),
    mayBe: (key) => start === '' || (key.region === region && key.account === account),
  }
}
