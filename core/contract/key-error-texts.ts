import { show } from './show.ts'

/** Refusals of keys and of what is encrypted with them. Codes that AWS has too are AWS's own. */
export const KEY_ERRORS = {
  InvalidParameterCombination: {
    says: (d: { problem: string }) => d.problem,
    remedy: 'Leave one of the options out. What is encrypted stays encrypted.',
  },
  InvalidParameterDependency: {
    says: (_: Record<never, never>) =>
      'The parameter [KmsKeyId] requires the parameter Encrypted to be set.',
    remedy: 'Ask for encryption as well: --encrypted.',
  },
  KMSInvalidStateException: {
    says: (d: { key: string; problem: string }) => `${d.key} is ${d.problem}.`,
    remedy:
      'Enable the key, cancel its deletion or bring its material: what is encrypted with it can be read again then.',
  },
  // The state message of a copy that fails for it, in EBS's words.
  KEY_NOT_ACCESSIBLE: {
    says: (_: { key: string; account: string }) => 'Given key ID is not accessible',
    remedy: 'A snapshot opens with its key. Ask the owner to share that, too: `strata key share`.',
  },
  KEY_DELETED: {
    says: (d: { key: string }) => `${d.key}, which this is encrypted with, was deleted.`,
    remedy: 'Nobody can read it any more. It can still be deleted.',
  },
  DEFAULT_KEY_DELETED: {
    says: (d: { key: string; region: string }) =>
      `The default key of ${d.region} is gone: ${d.key} was deleted.`,
    remedy:
      'Use the account’s own again, aws/ebs: in the app under “Keys…”, or with `strata key default --reset`. Or name another key.',
  },
  KEY_UNKNOWN: {
    says: (d: { key: string }) => `There is no key ${show(d.key)}.`,
    remedy: 'List the keys with `strata key ls`.',
  },
  KEY_MANAGED: {
    says: (d: { key: string }) =>
      `${show(d.key)} is the key that Strata keeps for the account; it is not changed by hand.`,
    remedy: 'Make a key of your own, and make that the default.',
  },
  KEY_STATE_REFUSED: {
    says: (d: { key: string; state: string; needed: string }) =>
      `${show(d.key)} is ${d.state}, not ${d.needed}.`,
    remedy: 'Show the keys and their states with `strata key ls`.',
  },
  KEY_MATERIAL_REFUSED: {
    says: (d: { problem: string }) => `That is not the material of this key: ${d.problem}.`,
    remedy: 'It is a file of exactly 32 random bytes, the same one each time.',
  },
  WAITING_DAYS_REFUSED: {
    says: (d: { days: number }) => `A key is not deleted after ${d.days} days.`,
    remedy: 'Choose 7 to 30 days.',
  },
  SNAPSHOT_ALTERED: {
    says: (d: { snapshot: string; problem: string }) =>
      `${show(d.snapshot)} is not what it was when it was taken: ${d.problem}. Something other than Strata changed the library.`,
    remedy:
      'Nothing of it was used. `strata verify` finds all that is altered. Put the library back from a copy that you trust, or delete the snapshot: the next one is laid over an older one then.',
  },
  KEYS_LOCKED: {
    says: (_: Record<never, never>) => 'The keys of this library are locked.',
    remedy:
      'Give its passphrase: to the app when it asks, to the command line in STRATA_PASSPHRASE or with --passphrase-file. Or give its recovery key, where one was made.',
  },
  PASSPHRASE_MISSING: {
    says: (_: Record<never, never>) =>
      'This library has no passphrase yet, and nothing is encrypted without one.',
    remedy:
      'Set one: in the app with “Set a passphrase…”, on the command line in STRATA_PASSPHRASE or with --passphrase-file. Whoever loses it and has no recovery key loses the data.',
  },
  PASSPHRASE_WRONG: {
    says: (_: Record<never, never>) => 'That is not the passphrase of this library.',
    remedy: 'Try again, or use the recovery key. Nothing was changed.',
  },
  PASSPHRASE_REFUSED: {
    says: (d: { least: number }) => `A passphrase has at least ${d.least} characters.`,
    remedy: 'Use several words. It is all that guards the keys.',
  },
  RECOVERY_KEY_MISSING: {
    says: (_: Record<never, never>) => 'This library has no recovery key.',
    remedy:
      'Make one while the keys are open: in the app under “Keys…”, or with `strata key recovery create`.',
  },
  RECOVERY_KEY_MISTYPED: {
    says: (_: Record<never, never>) => 'That recovery key is mistyped, or not all of it.',
    remedy:
      'Compare it with what was written down: 14 groups of four letters and digits. Nothing was changed.',
  },
  RECOVERY_KEY_WRONG: {
    says: (_: Record<never, never>) => 'That is not the recovery key of this library.',
    remedy:
      'It is the key of another library, or a newer one took its place: look for that. Nothing was changed.',
  },
  RECOVERY_KEY_UNSEEN: {
    says: (_: Record<never, never>) => 'There is no new recovery key that could be kept.',
    remedy: 'Make one again: what was shown is forgotten when keys are locked or it is not kept.',
  },
}
