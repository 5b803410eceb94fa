/**
 * What tells that a snapshot's blocks are still those that it was completed with. Data keys of format 2
 * say that there is one.
 */
export const manifests = `
ALTER TABLE data_key ADD COLUMN format INTEGER NOT NULL DEFAULT 1 CHECK (format IN (1, 2));

CREATE TABLE manifest (
  id TEXT PRIMARY KEY REFERENCES snapshot (id) ON DELETE CASCADE,
  sealed BLOB NOT NULL
) STRICT;
`
