/**
 * The life of a snapshot: what failed stays as `error` with its cause, and one that is pending can
 * be deleted already. Volumes that are being made, so that a crash can tell of them. The table is
 * made anew, since SQLite cannot change a CHECK.
 */
export const lifeCycle = `
CREATE TABLE snapshot_anew (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  volume_id TEXT NOT NULL,
  parent_id TEXT REFERENCES snapshot (id),
  state TEXT NOT NULL CHECK (state IN ('pending', 'completed', 'error', 'deleted')),
  state_message TEXT,
  started_at INTEGER NOT NULL,
  completed_at INTEGER,
  volume_size_bytes INTEGER NOT NULL CHECK (volume_size_bytes >= 0),
  delta BLOB NOT NULL,
  adopted BLOB NOT NULL,
  deletion_id TEXT REFERENCES deletion (id),
  region TEXT NOT NULL DEFAULT 'local',
  copied_from TEXT,
  owner_id TEXT NOT NULL DEFAULT '111122223333',
  completion_minutes INTEGER,
  CHECK (deletion_id IS NULL OR state IN ('pending', 'deleted')),
  CHECK (state <> 'error' OR state_message IS NOT NULL)
) STRICT;
INSERT INTO snapshot_anew
  (id, name, description, volume_id, parent_id, state, started_at, completed_at,
   volume_size_bytes, delta, adopted, deletion_id, region, copied_from, owner_id)
  SELECT id, name, description, volume_id, parent_id, state, started_at, completed_at,
         volume_size_bytes, delta, adopted, deletion_id, region, copied_from, owner_id
  FROM snapshot ORDER BY rowid;
DROP TABLE snapshot;
ALTER TABLE snapshot_anew RENAME TO snapshot;
CREATE INDEX snapshot_parent ON snapshot (parent_id);
CREATE INDEX snapshot_volume ON snapshot (volume_id);
CREATE INDEX snapshot_deletion ON snapshot (deletion_id) WHERE deletion_id IS NOT NULL;

CREATE TABLE coming_volume (
  id TEXT PRIMARY KEY,
  owner_id TEXT NOT NULL,
  region TEXT NOT NULL
) STRICT;
`
