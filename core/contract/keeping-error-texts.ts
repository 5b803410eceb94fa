import { show } from './show.ts'

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
  'InvalidTagKey.Malformed': {
    says: (d: { key: string; problem: string }) =>
      `The tag key ${show(d.key)} is not valid: ${d.problem}.`,
    remedy: 'Use another key, of 127 characters at the most. A name is changed by renaming.',
  },
  TAG_VALUE_REFUSED: {
    says: (d: { key: string; most: number }) =>
      `The value of tag ${show(d.key)} has more than ${d.most} characters, or some that cannot be shown.`,
    remedy: 'Use a shorter or a plainer value.',
  },
  TagLimitExceeded: {
    says: (d: { most: number }) => `It would have more than ${d.most} tags, its name included.`,
    remedy: 'Take others away first.',
  },
  TAG_UNKNOWN: {
    says: (d: { key: string }) => `There is no tag ${show(d.key)} on it.`,
    remedy: 'Keys are case-sensitive. Nothing was changed.',
  },
  RULE_REFUSED: {
    says: (d: { problem: string }) => `The retention rule cannot be made: ${d.problem}.`,
    remedy: 'Change it and try again. Nothing was changed.',
  },
  RULE_UNKNOWN: {
    says: (d: { rule: string }) => `There is no retention rule ${show(d.rule)}.`,
    remedy: 'List the rules of the Recycle Bin to see their ids.',
  },
  SNAPSHOT_ARCHIVED: {
    says: (d: { snapshot: string }) => `The snapshot ${show(d.snapshot)} is archived.`,
    remedy: 'Restore it to the standard tier first, for some days or for good.',
  },
  ARCHIVE_REFUSED: {
    says: (d: { snapshot: string; problem: string }) =>
      `The snapshot ${show(d.snapshot)} cannot go to another tier: ${d.problem}.`,
    remedy: 'It stays as it is.',
  },
  SNAPSHOT_RESTORED_FOR_DAYS: {
    says: (d: { snapshot: string; until: string }) =>
      `The snapshot ${show(d.snapshot)} is restored from the archive until ${d.until} only. An image could not be launched after that.`,
    remedy: 'Restore it to the standard tier for good (permanently) first.',
  },
  SNAPSHOT_NOT_ARCHIVED: {
    says: (d: { snapshot: string }) => `The snapshot ${show(d.snapshot)} is not archived.`,
    remedy: 'There is nothing to restore to the standard tier.',
  },
  RESTORE_DAYS_REFUSED: {
    says: (d: { days: number; most: number }) =>
      `A snapshot is restored for 1 to ${d.most} days, not ${d.days}.`,
    remedy: 'Give another number, or restore it for good.',
  },
  SNAPSHOT_NOT_LOCKED: {
    says: (d: { snapshot: string }) => `The snapshot ${d.snapshot} is not locked.`,
    remedy: 'There is nothing to remove.',
  },
}
