import { StrataError } from '../contract/errors.ts'

/*
 * What becomes encrypted, and with which key: EBS's tables, each as one function without a library.
 * Where the documents contradict each other, docs/encryption.md says what was chosen.
 */

/** What a request says. */
export type Asked = {
  encrypted?: boolean | undefined
  /** Whether it names a key. */
  namesKey: boolean
}

/** Which key it is: the account's default for the region, that of the source, or the one named. */
export type KeyChoice = 'plain' | 'default' | 'source' | 'named'

/**
 * A new volume, empty or of a snapshot.
 *
 * @param source `foreign`: encrypted, of another account
 * @param isOn whether encryption by default is on
 * @throws StrataError InvalidParameterCombination, InvalidParameterDependency
 */
export function volumeKey(
  source: 'none' | 'plain' | 'own' | 'foreign',
  { encrypted, namesKey }: Asked,
  isOn: boolean,
): KeyChoice {
  const isSealed = source === 'own' || source === 'foreign'
  if (isSealed && encrypted === false) {
    throw new StrataError('InvalidParameterCombination', {
      problem:
        'EncryptedVolume parameter [false] is inconsistent with snapshot encryption state [true]',
    })
  }
  if (namesKey && encrypted !== true) throw new StrataError('InvalidParameterDependency', {})
  if (namesKey) return 'named'
  if (isSealed) return source === 'own' ? 'source' : 'default'
  return encrypted === true || isOn ? 'default' : 'plain'
}

/**
 * A copy of a snapshot. That an encrypted one is to be plain is not refused, but not done either.
 *
 * @throws StrataError InvalidParameterDependency
 */
export function copyKey(
  source: 'plain' | 'encrypted',
  { encrypted, namesKey }: Asked,
  isOn: boolean,
): Exclude<KeyChoice, 'source'> {
  if (source === 'encrypted') return namesKey ? 'named' : 'default'
  if (namesKey && encrypted !== true) throw new StrataError('InvalidParameterDependency', {})
  if (namesKey) return 'named'
  return encrypted === true || isOn ? 'default' : 'plain'
}
