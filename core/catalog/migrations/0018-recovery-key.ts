/** A recovery key wraps the library's key, too. The table is made anew: a CHECK cannot be changed. */
export const recoveryKey = `
CREATE TABLE key_guard_next (
  kind TEXT PRIMARY KEY CHECK (kind IN ('passphrase', 'system', 'recovery')),
  stretch TEXT CHECK ((stretch IS NOT NULL) = (kind = 'passphrase')),
  made_at INTEGER CHECK ((made_at IS NOT NULL) = (kind = 'recovery')),
  wrapped BLOB NOT NULL
) STRICT;
INSERT INTO key_guard_next (kind, stretch, wrapped) SELECT kind, stretch, wrapped FROM key_guard;
DROP TABLE key_guard;
ALTER TABLE key_guard_next RENAME TO key_guard;
`
