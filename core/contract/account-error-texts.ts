import { show } from './show.ts'

type Forbidden = {
  readonly problem: string
  /** What can be done; default: whoever forbids it can let it be. */
  readonly instead?: string
}

/** Refusals of accounts and of what they may reach. Codes that EBS has too are EBS's own. */
export const ACCOUNT_ERRORS = {
  ACCOUNT_UNKNOWN: {
    says: (d: { account: string }) => `There is no account ${show(d.account)} in this library.`,
    remedy: 'List the accounts to see their ids and names, or add it.',
  },
  ACCOUNT_ID_REFUSED: {
    says: (d: { account: string }) => `${show(d.account)} cannot be the id of an account.`,
    remedy: 'Use twelve digits: 444455556666.',
  },
  ACCOUNT_EXISTS: {
    says: (d: { account: string }) => `There is an account ${d.account} already.`,
    remedy: 'Use it, or choose another id.',
  },
  OperationNotPermitted: {
    says: (d: Forbidden) => `${d.problem}.`,
    remedy: ({ instead }: Forbidden) =>
      `${instead ?? 'Ask its owner, or change the setting that forbids it'}. Nothing was changed.`,
  },
  ValidationException: {
    says: (_: { snapshot: string }) => 'Public snapshots are not supported',
    remedy:
      'Blocks of a snapshot that is only public are not read or compared. Copy it or make a volume of it, or ask its owner to share it with your account.',
  },
  TOO_MANY_GRANTEES: {
    says: (d: { limit: number }) => `Modification size must not be greater than ${d.limit}.`,
    remedy: 'Share it with some at a time. Nothing was changed.',
  },
}
