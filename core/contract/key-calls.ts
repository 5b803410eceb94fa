import { z } from 'zod'
import { FileRef, rawText } from './call-parts.ts'
import { VolumeId } from './ids.ts'
import { EncryptionDefault, Key, KeyPermissions, SharedKey, Vault } from './keys.ts'

/** A key by its id, its name in the current region, or its ARN. */
const key = rawText
const ofKey = { input: z.strictObject({ key }), output: Key }

/** As long as anybody types, and a bound on what is hashed. */
const passphrase = z.string().max(1_024)
/** As it was written down, or all of the file that it was saved to. */
const recoveryKey = rawText

/** Keys, and how an account encrypts. What is secret goes in and never comes out, but for one call. */
export const keyCalls = {
  /** Of the current account, in all regions; `default` is that of the current one. */
  describeKeys: {
    input: z.strictObject({}),
    output: z.strictObject({
      vault: Vault,
      keys: z.array(Key),
      /** Of other accounts, for opening what they share. */
      sharedKeys: z.array(SharedKey),
      default: EncryptionDefault,
      /** Of each region, the oldest first. */
      defaults: z.array(EncryptionDefault),
      /** Volumes on instances that go on though their key can be used no more, until they are let go. */
      heldVolumeIds: z.array(VolumeId),
    }),
  },
  /** The first passphrase of a library, or another in place of it. */
  setPassphrase: { input: z.strictObject({ passphrase }), output: Vault },
  unlockKeys: { input: z.strictObject({ passphrase }), output: Vault },
  /** Forgets the passphrase until it is given again. */
  lockKeys: { input: z.strictObject({}), output: Vault },

  /**
   * A recovery key to be written down: told here and never again. It opens nothing until it is kept;
   * one that was made before opens the keys until then.
   */
  createRecoveryKey: { input: z.strictObject({}), output: z.strictObject({ recoveryKey }) },
  /** Writes the one that was just told to a file that only its owner may read. */
  saveRecoveryKey: {
    input: z.strictObject({
      file: FileRef,
      /** Replaces a file that is already there; without it that is refused. */
      overwrite: z.boolean(),
    }),
    output: z.strictObject({}),
  },
  /** It was written down: from now on it opens the keys, and the one before it does not. */
  keepRecoveryKey: { input: z.strictObject({}), output: Vault },
  /** It was not: all stays as it was. Nothing is dropped of one that was kept already. */
  dropRecoveryKey: {
    input: z.strictObject({}),
    output: z.strictObject({ isDropped: z.boolean() }),
  },
  /** None opens the keys from now on. */
  removeRecoveryKey: { input: z.strictObject({}), output: Vault },
  /** Opens the keys with the recovery key, and sets a passphrase in place of the one that was lost. */
  recoverKeys: { input: z.strictObject({ recoveryKey, passphrase }), output: Vault },

  /** `imported`: without material, until it is brought. */
  createKey: {
    input: z.strictObject({ name: rawText, imported: z.boolean().optional() }),
    output: Key,
  },
  /** `file`: 32 random bytes. */
  importKeyMaterial: {
    input: z.strictObject({ key, file: z.string().min(1).max(4_096) }),
    output: Key,
  },
  removeKeyMaterial: ofKey,
  enableKey: ofKey,
  disableKey: ofKey,
  /** What it encrypts cannot be read meanwhile, and never again after. */
  scheduleKeyDeletion: { input: z.strictObject({ key, days: z.int() }), output: Key },
  cancelKeyDeletion: ofKey,
  /** New material: data keys are wrapped anew, no block is touched. */
  rotateKey: ofKey,

  /** Lets accounts open with it what is shared with them; or no longer. */
  shareKey: {
    input: z.strictObject({
      key,
      add: z.array(rawText).optional(),
      remove: z.array(rawText).optional(),
    }),
    output: KeyPermissions,
  },
  listKeyPermissions: { input: z.strictObject({ key }), output: KeyPermissions },

  /** What is used where nobody names a key; null, or `aws/ebs`: the account's own, made or not. */
  setDefaultKey: { input: z.strictObject({ key: key.nullable() }), output: EncryptionDefault },
  setEncryptionByDefault: {
    input: z.strictObject({ isOn: z.boolean() }),
    output: EncryptionDefault,
  },
} satisfies Record<string, { input: z.ZodType; output: z.ZodType }>
