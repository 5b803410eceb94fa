/**
 * Whom keys are shared with. Before, whoever something encrypted was shared with could use its key:
 * they go on doing so.
 */
export const keyGrants = `
CREATE TABLE key_grant (
  key_id TEXT NOT NULL REFERENCES master_key (id) ON DELETE CASCADE,
  grantee TEXT NOT NULL,
  PRIMARY KEY (key_id, grantee)
) STRICT;

WITH lent AS (
  SELECT snapshot_id, grantee FROM share
  UNION
  SELECT snapshot_id, grantee FROM image_permission JOIN image_mapping USING (image_id)
)
INSERT OR IGNORE INTO key_grant (key_id, grantee)
SELECT master_key.id, coalesce(account.id, lent.grantee)
FROM lent
JOIN snapshot ON snapshot.id = lent.snapshot_id
JOIN data_key ON data_key.number = snapshot.origin_key
JOIN master_key ON master_key.id = data_key.key_id
LEFT JOIN account ON lent.grantee = 'all'
WHERE coalesce(account.id, lent.grantee) <> master_key.account;
`
