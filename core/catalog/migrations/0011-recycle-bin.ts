/**
 * The Recycle Bin. What lies in it is deleted, but alive in the lineage until it exits; tags of
 * rules are JSON.
 */
export const recycleBin = `
ALTER TABLE snapshot ADD COLUMN bin_entered_at INTEGER;
ALTER TABLE snapshot ADD COLUMN bin_exits_at INTEGER
  CHECK (bin_exits_at IS NULL OR (state = 'deleted' AND bin_entered_at IS NOT NULL));

CREATE TABLE retention_rule (
  id TEXT PRIMARY KEY,
  account TEXT NOT NULL REFERENCES account (id),
  region TEXT NOT NULL REFERENCES region (name),
  days INTEGER NOT NULL,
  tags TEXT NOT NULL CHECK (json_valid(tags)),
  excluded_tags TEXT NOT NULL CHECK (json_valid(excluded_tags))
) STRICT;
`
