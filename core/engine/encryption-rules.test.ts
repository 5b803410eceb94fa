import { describe, expect, it } from 'vitest'
import { StrataError } from '../contract/errors.ts'
import { copyKey, volumeKey } from './encryption-rules.ts'

/** What a cell of EBS's tables says: the key, or the code of the refusal. */
function outcome(decide: () => string): string {
  try {
    return decide()
  } catch (error) {
    if (error instanceof StrataError) return error.code
    throw error
  }
}

const COMBINATION = 'InvalidParameterCombination'
const DEPENDENCY = 'InvalidParameterDependency'

describe('F36: a volume, empty or of a snapshot', () => {
  // source, Encrypted, whether a key is named, with encryption by default off, and on
  it.each([
    ['none', undefined, false, 'plain', 'default'],
    ['none', true, false, 'default', 'default'],
    ['none', true, true, 'named', 'named'],
    ['none', false, false, 'plain', 'default'],
    ['none', undefined, true, DEPENDENCY, DEPENDENCY],
    ['plain', undefined, false, 'plain', 'default'],
    ['plain', true, false, 'default', 'default'],
    ['plain', true, true, 'named', 'named'],
    ['plain', false, false, 'plain', 'default'],
    ['plain', undefined, true, DEPENDENCY, DEPENDENCY],
    ['plain', false, true, DEPENDENCY, DEPENDENCY],
    ['own', undefined, false, 'source', 'source'],
    ['own', true, false, 'source', 'source'],
    ['own', true, true, 'named', 'named'],
    ['own', false, false, COMBINATION, COMBINATION],
    ['own', undefined, true, DEPENDENCY, DEPENDENCY],
    ['foreign', undefined, false, 'default', 'default'],
    ['foreign', true, false, 'default', 'default'],
    ['foreign', true, true, 'named', 'named'],
    ['foreign', false, false, COMBINATION, COMBINATION],
    ['foreign', undefined, true, DEPENDENCY, DEPENDENCY],
  ] as const)(
    'of %s, Encrypted %s, key named %s: %s, %s',
    (source, encrypted, namesKey, off, on) => {
      const asked = { encrypted, namesKey }
      expect(outcome(() => volumeKey(source, asked, false))).toBe(off)
      expect(outcome(() => volumeKey(source, asked, true))).toBe(on)
    },
  )
})

describe('F28, F35: a copy, which is never plain where its source is not', () => {
  it.each([
    ['plain', undefined, false, 'plain', 'default'],
    ['plain', true, false, 'default', 'default'],
    ['plain', true, true, 'named', 'named'],
    ['plain', false, false, 'plain', 'default'],
    ['plain', undefined, true, DEPENDENCY, DEPENDENCY],
    ['encrypted', undefined, false, 'default', 'default'],
    ['encrypted', true, false, 'default', 'default'],
    ['encrypted', false, false, 'default', 'default'],
    ['encrypted', undefined, true, 'named', 'named'],
    ['encrypted', true, true, 'named', 'named'],
    ['encrypted', false, true, 'named', 'named'],
  ] as const)(
    'of %s, Encrypted %s, key named %s: %s, %s',
    (source, encrypted, namesKey, off, on) => {
      const asked = { encrypted, namesKey }
      expect(outcome(() => copyKey(source, asked, false))).toBe(off)
      expect(outcome(() => copyKey(source, asked, true))).toBe(on)
    },
  )
})
