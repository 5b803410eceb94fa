/** Refusals of what keeps snapshots. */
export const KEEPING_ERRORS = {
  SNAPSHOT_LOCKED: {
    says: (d: { snapshot: string; mode: string; until: string }) =>
      `The snapshot ${d.snapshot} is locked in ${d.mode} mode until ${d.until}.`,
    remedy:
      'Wait until then. A governance lock can be removed before, a compliance lock only in its cooling-off period.',
  },
  LOCK_IS_COMPLIANCE: {
    says: (d: { snapshot: string; until: string }) =>
      `The snapshot ${d.snapshot} is locked in compliance mode until ${d.until}, and its cooling-off period is over.`,
    remedy: 'Nobody can remove or shorten such a lock. It can be made longer.',
  },
  LOCK_COOL_OFF_REFUSED: {
    says: (d: { problem: string }) => `A cooling-off period was asked for, but ${d.problem}.`,
    remedy: 'Leave it out. Nothing was changed.',
  },
  LOCK_TIME_REFUSED: {
    says: (d: { problem: string }) => `The lock cannot be made: ${d.problem}.`,
    remedy: 'Give either a number of days from 1 to 36500, or a moment that is to come.',
  },
  SNAPSHOT_NOT_LOCKED: {
    says: (d: { snapshot: string }) => `The snapshot ${d.snapshot} is not locked.`,
    remedy: 'There is nothing to remove.',
  },
}
