import type { FastRestoreRow } from '../catalog/fast-restores.ts'
import {
  creditsAt,
  creditsPerHourOf,
  type FastRestore,
  isFastRestoreOn,
  maxCreditsOf,
} from '../contract/fast-restore.ts'

const TIB = 2 ** 40
/** EBS optimizes a TiB in an hour. */
const OPTIMIZING_MS_PER_TIB = 3_600_000
/** EBS does not tell how long it takes to begin and to end. */
const SWITCHING_MS = 5_000

/** What EBS tells of a state that somebody asked for, and of one that follows from it. */
export const ASKED_FOR = 'Client.UserInitiated'
const FOLLOWS = 'Client.UserInitiated - Lifecycle state transition'

/** When it came to its state, in milliseconds since 1970, UTC. */
export function since(row: FastRestoreRow): number {
  return row[`${row.state}At`]!
}

/** Switched off. @param at milliseconds since 1970, UTC */
export function disabling(row: FastRestoreRow, reason: string, at: number): FastRestoreRow {
  return { ...row, state: 'disabling', reason, disablingAt: at }
}

/** What it comes to by itself, whenever that is; null: it stays. */
export function nextOf(row: FastRestoreRow): FastRestoreRow | null {
  switch (row.state) {
    case 'enabling': {
      const optimizingAt = row.enablingAt + SWITCHING_MS
      return { ...row, state: 'optimizing', reason: FOLLOWS, optimizingAt }
    }
    case 'optimizing': {
      const takesMs = Math.ceil((row.sizeBytes / TIB) * OPTIMIZING_MS_PER_TIB)
      const enabledAt = row.optimizingAt! + takesMs
      // Its bucket is empty to begin with.
      const empty = { credits: 0, countedAt: enabledAt }
      return { ...row, state: 'enabled', reason: FOLLOWS, enabledAt, ...empty }
    }
    case 'disabling': {
      const reason = row.reason === ASKED_FOR ? FOLLOWS : row.reason
      return { ...row, state: 'disabled', reason, disabledAt: row.disablingAt! + SWITCHING_MS }
    }
    case 'enabled':
    case 'disabled':
      return null
    default:
      return row.state satisfies never
  }
}

/**
 * What it has come to by `now` and does not say yet, oldest first.
 *
 * @param problem why its snapshot cannot be used any more; null: it can
 */
export function stepsOf(
  row: FastRestoreRow,
  problem: string | null,
  now: number,
): FastRestoreRow[] {
  const steps: FastRestoreRow[] = []
  for (let last = row; ; last = steps.at(-1)!) {
    const isCut = problem !== null && isFastRestoreOn(last)
    const next = isCut ? disabling(last, problem, now) : nextOf(last)
    if (next === null || since(next) > now) return steps
    steps.push(next)
  }
}

/** What is told of one. */
export function shown(row: FastRestoreRow, now: number): FastRestore {
  const { account: _, region, sizeBytes, ...told } = row
  const maxCredits = maxCreditsOf(sizeBytes)
  const creditsPerHour = creditsPerHourOf(sizeBytes)
  const next = nextOf(row)
  return {
    ...told,
    zone: zoneOf(region),
    nextStateAt: next === null ? null : since(next),
    credits: creditsAt({ ...told, maxCredits, creditsPerHour }, now),
    countedAt: now,
    maxCredits,
    creditsPerHour,
  }
}

/** A region has one here. */
export function zoneOf(region: string): string {
  return `${region}a`
}
