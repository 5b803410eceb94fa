/** Keys, and what is sealed with them. What was there before is plain. */
export const keys = `
CREATE TABLE key_guard (
  kind TEXT PRIMARY KEY CHECK (kind IN ('passphrase', 'system')),
  stretch TEXT CHECK ((stretch IS NULL) = (kind = 'system')),
  wrapped BLOB NOT NULL
) STRICT;

CREATE TABLE master_key (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  account TEXT NOT NULL,
  region TEXT NOT NULL REFERENCES region (name),
  manager TEXT NOT NULL CHECK (manager IN ('account', 'strata')),
  origin TEXT NOT NULL CHECK (origin IN ('generated', 'imported')),
  state TEXT NOT NULL CHECK (state IN ('enabled', 'disabled', 'pending-deletion', 'pending-import')),
  version INTEGER NOT NULL CHECK (version > 0),
  material BLOB CHECK (material IS NOT NULL OR state <> 'enabled'),
  fingerprint BLOB,
  created_at INTEGER NOT NULL,
  deleted_at INTEGER CHECK ((deleted_at IS NULL) = (state <> 'pending-deletion'))
) STRICT;

CREATE TABLE data_key (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  owner TEXT NOT NULL,
  key_id TEXT NOT NULL,
  key_version INTEGER NOT NULL,
  wrapped BLOB NOT NULL
) STRICT;
CREATE INDEX data_key_key ON data_key (key_id);

CREATE TABLE encryption_default (
  account TEXT NOT NULL,
  region TEXT NOT NULL REFERENCES region (name),
  is_on INTEGER NOT NULL CHECK (is_on IN (0, 1)),
  key_id TEXT,
  PRIMARY KEY (account, region)
) STRICT;

CREATE TABLE sealed_page (
  page INTEGER PRIMARY KEY,
  records BLOB NOT NULL
) STRICT;

ALTER TABLE volume ADD COLUMN data_key INTEGER REFERENCES data_key (number);
ALTER TABLE volume ADD COLUMN origin_key INTEGER REFERENCES data_key (number);
ALTER TABLE snapshot ADD COLUMN data_key INTEGER REFERENCES data_key (number);
ALTER TABLE snapshot ADD COLUMN origin_key INTEGER REFERENCES data_key (number);
`
