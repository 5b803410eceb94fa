/**
 * Fast snapshot restore, for each snapshot and account. What it needs of its snapshot it keeps
 * itself: how it ends is told after the snapshot may be gone.
 */
export const fastRestore = `
CREATE TABLE fast_restore (
  snapshot_id TEXT NOT NULL,
  account TEXT NOT NULL REFERENCES account (id),
  region TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  enabling_at INTEGER NOT NULL,
  optimizing_at INTEGER,
  enabled_at INTEGER,
  disabling_at INTEGER,
  disabled_at INTEGER,
  credits REAL NOT NULL CHECK (credits >= 0),
  counted_at INTEGER NOT NULL,
  PRIMARY KEY (snapshot_id, account)
) STRICT;

ALTER TABLE volume_load ADD COLUMN fast_restored INTEGER NOT NULL DEFAULT 0
  CHECK (fast_restored IN (0, 1));

UPDATE price_table SET prices = json_set(prices, '$.fastRestore', 0.75);
`
