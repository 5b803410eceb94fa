/** What the fields mean that tell who owns what, by `document.field` or by `field`. */
export const accountNotes: Record<string, string> = {
  accounts: 'oldest first',
  accountId: 'twelve digits',
  'account.name': 'as people call it, or empty',
  'account.isCurrent': 'it is the one that asks: what is made now will be its own',
  'account.snapshotCount': 'snapshots of its own that can be restored',
  'account.volumeCount': 'volumes of its own that are not removed',
  'account.storedBytes': 'distinct blocks that its snapshots hold, logically',
  ownerId: 'the account that it belongs to',
  'event.account': 'whom it happened to, twelve digits',
  sharedWith: 'accounts that may make volumes and copies of it; of others’ snapshots none are told',
  isPublic: 'everybody may, as far as the public access of its owner and region lets them',
  isPublicBlocked:
    'it is public, but the public access of its owner and region keeps others from it',
  hasDirectReads:
    'its blocks may be read and compared; false for what is only public: of that, volumes and copies are made',
  'public access.region': 'where it holds',
  'public access.state': 'what is kept from everybody',
  OwnerId: 'the account that it belongs to, twelve digits',
}
