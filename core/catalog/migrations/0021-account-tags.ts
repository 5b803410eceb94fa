/**
 * Each account has tags of its own on what it reaches; those from before are the owner's. Images can
 * have tags, too.
 */
export const accountTags = `
ALTER TABLE snapshot_tag RENAME TO snapshot_tag_before;
CREATE TABLE snapshot_tag (
  id TEXT NOT NULL REFERENCES snapshot (id) ON DELETE CASCADE,
  account TEXT NOT NULL REFERENCES account (id),
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (id, account, key)
) STRICT;
INSERT INTO snapshot_tag (id, account, key, value)
  SELECT snapshot.id, owner_id, key, value FROM snapshot_tag_before JOIN snapshot USING (id);
DROP TABLE snapshot_tag_before;

ALTER TABLE volume_tag RENAME TO volume_tag_before;
CREATE TABLE volume_tag (
  id TEXT NOT NULL REFERENCES volume (id) ON DELETE CASCADE,
  account TEXT NOT NULL REFERENCES account (id),
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (id, account, key)
) STRICT;
INSERT INTO volume_tag (id, account, key, value)
  SELECT volume.id, owner_id, key, value FROM volume_tag_before JOIN volume USING (id);
DROP TABLE volume_tag_before;

CREATE TABLE image_tag (
  id TEXT NOT NULL REFERENCES image (id),
  account TEXT NOT NULL REFERENCES account (id),
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (id, account, key)
) STRICT;
`
