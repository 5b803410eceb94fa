import { z } from 'zod'
import { EncryptionDefault, Key, KeyPermissions, SharedKey, Vault } from '../core/contract/keys.ts'

export const KeyJson = z.object(Key.shape)
export const VaultJson = z.object(Vault.shape)
export const EncryptionDefaultJson = z.object(EncryptionDefault.shape)
export const KeyListJson = z.object({
  vault: VaultJson,
  /** Oldest first. */
  keys: z.array(KeyJson),
  /** Of other accounts. */
  sharedKeys: z.array(z.object(SharedKey.shape)),
  default: EncryptionDefaultJson,
})
export const KeyPermissionsJson = z.object(KeyPermissions.shape)

/** What commands about keys print. */
export const keyDocuments = {
  key: KeyJson,
  'key list': KeyListJson,
  'key permissions': KeyPermissionsJson,
  'encryption default': EncryptionDefaultJson,
  vault: VaultJson,
}
