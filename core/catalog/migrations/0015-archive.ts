/**
 * The archive tier. While an archived snapshot is restored for some days, its archived blocks are
 * named by `archived_delta`; it stays when the snapshot goes, until they are given up.
 */
export const archive = `
ALTER TABLE segment ADD COLUMN tier TEXT NOT NULL DEFAULT 'standard'
  CHECK (tier IN ('standard', 'archive'));
ALTER TABLE snapshot ADD COLUMN tier TEXT NOT NULL DEFAULT 'standard'
  CHECK (tier IN ('standard', 'archive'));

CREATE TABLE tiering (
  id TEXT PRIMARY KEY REFERENCES snapshot (id) ON DELETE CASCADE,
  status TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  archived_at INTEGER,
  restore_expires_at INTEGER CHECK (restore_expires_at IS NULL OR archived_at IS NOT NULL)
) STRICT;

CREATE TABLE archived_delta (
  id TEXT PRIMARY KEY,
  delta BLOB NOT NULL
) STRICT;
`
