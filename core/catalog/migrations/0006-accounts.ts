/** Owners. What was there before belongs to the first account. */
export const accounts = `
CREATE TABLE account (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
INSERT INTO account (id, name, created_at) SELECT '111122223333', '', created_at FROM library;

ALTER TABLE library ADD COLUMN current_account TEXT NOT NULL DEFAULT '111122223333';
ALTER TABLE volume ADD COLUMN owner_id TEXT NOT NULL DEFAULT '111122223333';
ALTER TABLE snapshot ADD COLUMN owner_id TEXT NOT NULL DEFAULT '111122223333';
ALTER TABLE history ADD COLUMN account TEXT NOT NULL DEFAULT '111122223333';
ALTER TABLE event ADD COLUMN account TEXT NOT NULL DEFAULT '111122223333';

ALTER TABLE newest_copy RENAME TO newest_copy_before;
CREATE TABLE newest_copy (
  volume_id TEXT NOT NULL,
  owner_id TEXT NOT NULL REFERENCES account (id),
  region TEXT NOT NULL REFERENCES region (name),
  copy_id TEXT NOT NULL,
  PRIMARY KEY (volume_id, owner_id, region)
) STRICT;
INSERT INTO newest_copy (volume_id, owner_id, region, copy_id)
  SELECT volume_id, '111122223333', region, copy_id FROM newest_copy_before ORDER BY rowid;
DROP TABLE newest_copy_before;
`
