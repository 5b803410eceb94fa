/** Volumes that are made of a snapshot before their blocks have been copied. */
export const loads = `
CREATE TABLE volume_load (
  volume_id TEXT PRIMARY KEY REFERENCES volume (id) ON DELETE CASCADE,
  unloaded BLOB NOT NULL,
  given_up BLOB NOT NULL,
  rate_mib_per_s INTEGER CHECK (rate_mib_per_s > 0),
  total_blocks INTEGER NOT NULL,
  touched_blocks INTEGER NOT NULL DEFAULT 0,
  background_blocks INTEGER NOT NULL DEFAULT 0,
  is_paused INTEGER NOT NULL DEFAULT 0 CHECK (is_paused IN (0, 1))
) STRICT;
`
