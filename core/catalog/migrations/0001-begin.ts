/** The first format. Times are milliseconds since 1970 UTC; sets and deltas are packed BLOBs. */
export const begin = `
CREATE TABLE library (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  library_id TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  is_practice INTEGER NOT NULL CHECK (is_practice IN (0, 1)),
  compression TEXT NOT NULL CHECK (compression IN ('zstd', 'none')),
  next_block_id INTEGER NOT NULL
) STRICT;

CREATE TABLE snapshot (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  volume_id TEXT NOT NULL,
  parent_id TEXT REFERENCES snapshot (id),
  state TEXT NOT NULL CHECK (state IN ('pending', 'completed', 'deleted')),
  started_at INTEGER NOT NULL,
  completed_at INTEGER,
  volume_size_bytes INTEGER NOT NULL CHECK (volume_size_bytes > 0),
  delta BLOB NOT NULL,
  adopted BLOB NOT NULL,
  deletion_id TEXT REFERENCES deletion (id),
  CHECK (deletion_id IS NULL OR state = 'deleted')
) STRICT;
CREATE INDEX snapshot_parent ON snapshot (parent_id);
CREATE INDEX snapshot_volume ON snapshot (volume_id);
CREATE INDEX snapshot_deletion ON snapshot (deletion_id) WHERE deletion_id IS NOT NULL;

CREATE TABLE deletion (
  id TEXT PRIMARY KEY,
  deleted_at INTEGER NOT NULL,
  undoable_until INTEGER,
  released_bytes INTEGER NOT NULL
) STRICT;

CREATE TABLE volume (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('linked', 'managed')),
  size_bytes INTEGER NOT NULL CHECK (size_bytes > 0),
  created_at INTEGER NOT NULL,
  origin_id TEXT,
  base_id TEXT REFERENCES snapshot (id),
  source_path TEXT CHECK ((source_path IS NULL) = (kind = 'managed')),
  source_stamp TEXT,
  content BLOB CHECK ((content IS NULL) = (kind = 'linked')),
  dirty BLOB CHECK ((dirty IS NULL) = (kind = 'linked')),
  snapshots_taken INTEGER NOT NULL DEFAULT 0,
  is_removed INTEGER NOT NULL DEFAULT 0 CHECK (is_removed IN (0, 1))
) STRICT;
CREATE INDEX volume_base ON volume (base_id);

CREATE TABLE segment (
  id INTEGER PRIMARY KEY,
  file TEXT NOT NULL UNIQUE,
  bytes INTEGER NOT NULL,
  dead_bytes INTEGER NOT NULL DEFAULT 0,
  freed_bytes INTEGER NOT NULL DEFAULT 0,
  first_block_id INTEGER NOT NULL,
  end_block_id INTEGER NOT NULL
) STRICT;

CREATE TABLE block_page (
  page INTEGER PRIMARY KEY,
  records BLOB NOT NULL
) STRICT;

CREATE TABLE unfinished_file (
  path TEXT PRIMARY KEY
) STRICT;

CREATE TABLE history (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  title TEXT NOT NULL,
  command TEXT NOT NULL,
  stored_delta_bytes INTEGER NOT NULL,
  deletion_id TEXT,
  is_undone INTEGER NOT NULL DEFAULT 0 CHECK (is_undone IN (0, 1))
) STRICT;
`
