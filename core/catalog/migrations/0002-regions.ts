/** Block data by region, and copies of snapshots. What was there before lies in the first region. */
export const regions = `
CREATE TABLE region (
  name TEXT PRIMARY KEY,
  created_at INTEGER NOT NULL
) STRICT;
INSERT INTO region (name, created_at) SELECT 'local', created_at FROM library;

ALTER TABLE library ADD COLUMN current_region TEXT NOT NULL DEFAULT 'local';
ALTER TABLE volume ADD COLUMN region TEXT NOT NULL DEFAULT 'local';
ALTER TABLE segment ADD COLUMN region TEXT NOT NULL DEFAULT 'local';
ALTER TABLE snapshot ADD COLUMN region TEXT NOT NULL DEFAULT 'local';
ALTER TABLE snapshot ADD COLUMN copied_from TEXT;

CREATE TABLE newest_copy (
  volume_id TEXT NOT NULL,
  region TEXT NOT NULL REFERENCES region (name),
  copy_id TEXT NOT NULL,
  PRIMARY KEY (volume_id, region)
) STRICT;
`
