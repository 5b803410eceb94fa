/** Locks of snapshots. Given in days, one begins to count when its snapshot is completed. */
export const locks = `
CREATE TABLE snapshot_lock (
  snapshot_id TEXT PRIMARY KEY REFERENCES snapshot (id) ON DELETE CASCADE,
  mode TEXT NOT NULL CHECK (mode IN ('governance', 'compliance')),
  locked_at INTEGER NOT NULL,
  days INTEGER,
  expires_at INTEGER CHECK ((expires_at IS NULL) <> (days IS NULL)),
  cool_off_until INTEGER CHECK (cool_off_until IS NULL OR mode = 'compliance')
) STRICT;
`
