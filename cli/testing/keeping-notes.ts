/** What the fields of deletions mean, and of what keeps a snapshot from one. */
export const keepingNotes: Record<string, string> = {
  lock: 'what keeps it from being deleted; one that has expired, too; null: none',
  mode: 'governance: can be unlocked; compliance: cannot',
  lockedAt: 'when the lock was made or changed',
  startsAt: 'from when on its days count; null while the snapshot is pending',
  expiresAt: 'until when it holds; null while the snapshot is pending and it was given in days',
  coolOffUntil: 'until when a compliance lock can be taken back; null: never',
  'lock.state': 'what it does now',
  pinned: 'what would have to go first: with one of them the deletion is refused',
  reason: 'the refusal',
  deletedAt: 'when it was deleted',
  deletionId: '`del-` and 17 hexadecimal digits',
  deletions: 'each set of the snapshots, and what deleting it together gives back',
  heirs: 'the snapshots that are charged for what stays',
  keptBytes: 'of the deleted, what other snapshots still read',
  'deletion plan.heirs[].inheritedBytes': 'what it is charged for from then on',
  'deletion.heirs[].inheritedBytes': 'what it is charged for from then on',
}
