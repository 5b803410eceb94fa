import type { FastRestore } from '../../core/contract/fast-restore.ts'
import { formatInstant } from './time-format.ts'

const OFF = 'Volumes of it can be used at once, and load behind.'

/** What its state means for volumes; null: it was never switched on. */
export function fastRestoreWords(fast: FastRestore | null): string {
  if (fast === null) return OFF
  switch (fast.state) {
    case 'enabling':
      return 'Being switched on.'
    case 'optimizing':
      return `Being optimized until ${formatInstant(fast.nextStateAt!)}. Volumes load as usual.`
    case 'enabled':
      return 'Each credit makes one volume that is there whole; without one it loads.'
    case 'disabling':
      return 'Being switched off.'
    case 'disabled':
      return OFF
    default:
      return fast.state satisfies never
  }
}

/** "3.2 of 10, 10 an hour": a part of a credit is not rounded up to one. */
export function creditWords(credits: number, { maxCredits, creditsPerHour }: FastRestore): string {
  const whole = Math.floor(credits * 10) / 10
  return `${whole} of ${rounded(maxCredits)}, ${rounded(creditsPerHour)} an hour`
}

const rounded = (value: number) => Math.round(value * 10_000) / 10_000
