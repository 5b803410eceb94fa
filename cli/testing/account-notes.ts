/** What the fields mean that tell who owns what, by `document.field` or by `field`. */
export const accountNotes: Record<string, string> = {
  accounts: 'oldest first',
  accountId: 'twelve digits',
  'account.name': 'as people call it, or empty',
  'account.isCurrent': 'it is the one that asks: what is made now will be its own',
  'account.snapshotCount': 'snapshots of its own that can be restored',
  'account.volumeCount': 'volumes of its own that are not removed',
  'account.storedBytes':
    'distinct blocks that its snapshots hold, logically; sums to the library’s',
  ownerId: 'the account that it belongs to',
  'event.account': 'whom it happened to, twelve digits',
  OwnerId: 'the account that it belongs to, twelve digits',
}
