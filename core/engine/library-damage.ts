import { StrataError } from '../contract/errors.ts'

/** Told of what only damage, or a change from outside, can bring about. */
export function isDamage(error: unknown): boolean {
  return error instanceof StrataError && error.code === 'LIBRARY_DAMAGED'
}
