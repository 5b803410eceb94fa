/** Life-cycle policies; target tags and schedules are JSON. Snapshots name theirs by tags. */
export const policies = `
CREATE TABLE policy (
  id TEXT PRIMARY KEY,
  account TEXT NOT NULL REFERENCES account (id),
  region TEXT NOT NULL REFERENCES region (name),
  description TEXT NOT NULL,
  target_tags TEXT NOT NULL CHECK (json_valid(target_tags)),
  schedules TEXT NOT NULL CHECK (json_valid(schedules)),
  is_enabled INTEGER NOT NULL CHECK (is_enabled IN (0, 1)),
  problem TEXT,
  settled_until INTEGER NOT NULL,
  last_run_at INTEGER
) STRICT;
`
