/** What the fields of volumes that are made of snapshots mean. */
export const loadingNotes: Record<string, string> = {
  load: 'how far it has been loaded; null: it was not made of a snapshot',
  'volume.load.state':
    'paused: only what is touched is loaded; damaged: what is left cannot be read',
  'volume status.state':
    'paused: only what is touched is loaded; damaged: what is left cannot be read',
  totalBytes: 'what there was to load when the volume was made',
  loadedBytes: 'of that, what is in the volume, loaded or written anew',
  damagedRanges: 'where what cannot be read belongs; empty but in the state damaged',
  touchedBlocks: 'loaded because something was about to read or change them',
  backgroundBlocks: 'loaded in their turn',
  rateMiBPerS: 'how fast it loads; null: as fast as it goes',
  secondsLeft: 'until all is there; null: it cannot be told, or loading is paused',
  InitializationStatusDetails: "EC2's words for the same; null where the time cannot be told",
  InitializationType: 'provisioned-rate where a rate was given',
  Progress: 'per cent',
  EstimatedTimeToCompleteInSeconds: 'seconds',
  heldIfDeletedBytes: 'what deleting it alone would release once volumes have loaded it',
  heldBytes: 'released once volumes have loaded it; no snapshot reads it any more',
  heldBy: 'the volumes that have still to load that',
  'undone deletion.deletedAt': 'when they were deleted',
  'deletion plan.heldBytes': 'what volumes have still to load, and keep until then',
  'deletion plan.heldBy[].heldBytes': 'what this volume has still to load',
  'deletion.heldBytes': 'what volumes have still to load, and keep until then',
  'deletion.heldBy[].heldBytes': 'what this volume has still to load',
  'policy preview.firstDeletion.heldBytes': 'what volumes have still to load, and keep until then',
  'read.bytesWritten': 'length of the file that was written',
  'volume status.InitializationStatusDetails.Progress': 'per cent',
  'library.heldBytes':
    'read by no snapshot any more, but volumes have still to load it; of all accounts and regions',
}
