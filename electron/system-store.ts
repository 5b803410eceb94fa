import type { SafeStorage } from 'electron'
import type { SystemStore } from '../core/threads/system-store.ts'

/** Linux has stores only where one of these runs: without, Chromium would use a password of its source. */
const LINUX_STORES: readonly string[] = ['gnome_libsecret', 'kwallet', 'kwallet5', 'kwallet6']

/**
 * The system's store of secrets: the Keychain, DPAPI, or a keyring on Linux. The app has to be ready.
 *
 * @returns null where there is none that keeps anything from other programs
 */
export function systemStore(
  safe: Pick<
    SafeStorage,
    'isEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptString' | 'decryptString'
  >,
  platform: NodeJS.Platform,
): SystemStore | null {
  if (!safe.isEncryptionAvailable()) return null
  if (platform === 'linux' && !LINUX_STORES.includes(safe.getSelectedStorageBackend())) return null
  return {
    // It takes and gives text alone, which nobody can overwrite.
    seal: async (secret) => safe.encryptString(secret.toString('base64')),
    unseal: async (sealed) => Buffer.from(safe.decryptString(sealed), 'base64'),
  }
}
