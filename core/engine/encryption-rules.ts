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
      problem: 'A volume of an encrypted snapshot cannot be unencrypted.',
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

/**
 * A snapshot that is written block by block (`StartSnapshot`), with or without a parent.
 *
 * @throws StrataError ValidationException
 */
export function startedKey(
  parent: 'none' | 'plain' | 'own',
  { encrypted, namesKey }: Asked,
  isOn: boolean,
): KeyChoice {
  if (parent !== 'none' && (encrypted !== undefined || namesKey)) {
    throw invalid('ParentSnapshotId and Encrypt cannot be specified together')
  }
  if (parent === 'own') return 'source'
  if (parent === 'plain') {
    if (isOn) throw invalid('The parent is not encrypted, and encryption by default is on')
    return 'plain'
  }
  if (namesKey && encrypted === false) {
    throw invalid('Encrypt cannot be false when KmsKeyArn is specified')
  }
  if (namesKey) return 'named'
  return encrypted === true || isOn ? 'default' : 'plain'
}

function invalid(problem: string): StrataError {
  return new StrataError('ValidationException', { problem: `${problem}.` })
}
