import { z } from 'zod'
import { AccountId } from './account.ts'
import { Instant, KeyId, RegionName } from './ids.ts'

/**
 * enabled: can be used. disabled: not until it is enabled again. pending-deletion: disabled, and gone
 * at `deletedAt`. pending-import: its material is kept elsewhere and has to be brought.
 */
export const KeyState = z.enum(['enabled', 'disabled', 'pending-deletion', 'pending-import'])
export type KeyState = z.infer<typeof KeyState>

/** A key that data keys are wrapped with. Its material is in no answer. */
export const Key = z.strictObject({
  keyId: KeyId,
  name: z.string(),
  accountId: AccountId,
  region: RegionName,
  /** account: made by somebody. strata: the account's own for the region, made when first needed. */
  manager: z.enum(['account', 'strata']),
  /** imported: its material came from a file, and can be taken away and brought again. */
  origin: z.enum(['generated', 'imported']),
  state: KeyState,
  /** 1, and one more with each rotation. */
  version: z.int().positive(),
  createdAt: Instant,
  /** When it goes; null: it stays. */
  deletedAt: Instant.nullable(),
  /** Whether it is what is used where nobody names a key. */
  isDefault: z.boolean(),
  /** What cannot be read without it. */
  volumeCount: z.int().nonnegative(),
  snapshotCount: z.int().nonnegative(),
  /** Accounts that may open with it what is shared with them, in ascending order. */
  sharedWith: z.array(AccountId),
})
export type Key = z.infer<typeof Key>

/** A key of another account: nothing is told of it but that it is there to be used. */
export const SharedKey = Key.pick({ keyId: true, accountId: true, region: true })
export type SharedKey = z.infer<typeof SharedKey>

/** Whom a key is shared with. */
export const KeyPermissions = Key.pick({ keyId: true, name: true, sharedWith: true })
export type KeyPermissions = z.infer<typeof KeyPermissions>

/** How an account encrypts in a region. */
export const EncryptionDefault = z.strictObject({
  accountId: AccountId,
  region: RegionName,
  /** Whether all that is new is encrypted, asked for or not. */
  isOn: z.boolean(),
  /** What is used where nobody names a key; null: the account's own, which is not made yet. */
  keyId: KeyId.nullable(),
})
export type EncryptionDefault = z.infer<typeof EncryptionDefault>

/**
 * none: nothing is encrypted yet, and no passphrase was set. locked: the passphrase was not given
 * since the library was opened. open: keys can be used.
 */
export const Vault = z.strictObject({
  state: z.enum(['none', 'locked', 'open']),
  /** Whether the system's store of secrets opens them here, without the passphrase. */
  isKeptBySystem: z.boolean(),
  /** null: there is no recovery key, so nothing but these opens them. */
  recoveryKeyMadeAt: Instant.nullable(),
})
export type Vault = z.infer<typeof Vault>

/** How something is encrypted. */
export const Encryption = z.strictObject({
  keyId: KeyId,
  /** Equal ones tell of one original volume, under one key. */
  dataKeyId: z.string(),
})
export type Encryption = z.infer<typeof Encryption>
