/** Tags, by what they are on. */
export const tags = `
CREATE TABLE snapshot_tag (
  id TEXT NOT NULL REFERENCES snapshot (id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (id, key)
) STRICT;

CREATE TABLE volume_tag (
  id TEXT NOT NULL REFERENCES volume (id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (id, key)
) STRICT;
`
