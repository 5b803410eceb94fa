import type { GuardOf, KeyGuard } from '../catalog/key-guards.ts'
import { StrataError } from '../contract/errors.ts'
import { newStretch, stretched } from '../crypto/passphrase.ts'
import { recoveryKeyIn } from '../crypto/recovery-text.ts'
import { contextOf, derivedKey, seal, unseal } from '../crypto/sealing.ts'
import type { Library } from './library.ts'

/*
 * What the key of a library is wrapped under, and how it is had from there. Each wrap is bound to its
 * library and its kind, so that it opens nowhere else and stands for no other.
 */

/** Shorter ones are tried out in no time. */
const LEAST_PASSPHRASE = 8

/** @throws StrataError PASSPHRASE_REFUSED */
export function assertLongEnough(passphrase: string): void {
  if (passphrase.length >= LEAST_PASSPHRASE) return
  throw new StrataError('PASSPHRASE_REFUSED', { least: LEAST_PASSPHRASE })
}

/** @param cost scrypt's N; default: as it is for libraries of people */
export async function underPassphrase(
  library: Library,
  libraryKey: Buffer,
  passphrase: string,
  cost: number | undefined,
): Promise<GuardOf<'passphrase'>> {
  const stretch = newStretch(cost)
  const key = await stretchedFor(library, passphrase, stretch)
  const wrapped = seal(key, libraryKey, contextFor(library, 'passphrase'))
  key.fill(0)
  return { kind: 'passphrase', stretch, madeAt: null, wrapped }
}

/** @throws StrataError PASSPHRASE_MISSING when none was ever set, PASSPHRASE_WRONG */
export async function byPassphrase(library: Library, passphrase: string): Promise<Buffer> {
  const guard = library.keyGuards.of('passphrase')
  if (guard === undefined) throw new StrataError('PASSPHRASE_MISSING', {})
  const key = await stretchedFor(library, passphrase, guard.stretch)
  const opened = unseal(key, guard.wrapped, contextFor(library, 'passphrase'))
  key.fill(0)
  if (opened === null) throw new StrataError('PASSPHRASE_WRONG', {})
  return opened
}

/** @param recoveryKey 256 random bits: they need no stretching */
export function underRecoveryKey(
  library: Library,
  libraryKey: Buffer,
  recoveryKey: Buffer,
): Buffer {
  const key = recoveryWrappingKey(library, recoveryKey)
  const wrapped = seal(key, libraryKey, contextFor(library, 'recovery'))
  key.fill(0)
  return wrapped
}

/**
 * @param text as somebody wrote it down
 * @throws StrataError RECOVERY_KEY_MISSING when none was made, RECOVERY_KEY_MISTYPED,
 *   RECOVERY_KEY_WRONG
 */
export function byRecoveryKey(library: Library, text: string): Buffer {
  const guard = library.keyGuards.of('recovery')
  if (guard === undefined) throw new StrataError('RECOVERY_KEY_MISSING', {})
  const recoveryKey = recoveryKeyIn(text)
  if (recoveryKey === null) throw new StrataError('RECOVERY_KEY_MISTYPED', {})
  const key = recoveryWrappingKey(library, recoveryKey)
  const opened = unseal(key, guard.wrapped, contextFor(library, 'recovery'))
  recoveryKey.fill(0)
  key.fill(0)
  if (opened === null) throw new StrataError('RECOVERY_KEY_WRONG', {})
  return opened
}

function recoveryWrappingKey(library: Library, recoveryKey: Buffer): Buffer {
  return derivedKey(recoveryKey, contextOf(library.facts().libraryId), 'strata/recovery/v1')
}

function contextFor(library: Library, kind: KeyGuard['kind']): Buffer {
  return contextOf('strata/guard/v1', library.facts().libraryId, kind)
}

async function stretchedFor(
  library: Library,
  passphrase: string,
  stretch: Parameters<typeof stretched>[1],
): Promise<Buffer> {
  try {
    return await stretched(passphrase, stretch)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    const problem = `of its passphrase it says what cannot be (${error.message})`
    throw new StrataError('LIBRARY_DAMAGED', { path: library.path, problem })
  }
}
