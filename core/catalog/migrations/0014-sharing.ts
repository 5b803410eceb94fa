/** Whom snapshots are shared with, and what accounts let be shared with everybody. */
export const sharing = `
CREATE TABLE share (
  snapshot_id TEXT NOT NULL REFERENCES snapshot (id) ON DELETE CASCADE,
  grantee TEXT NOT NULL,
  PRIMARY KEY (snapshot_id, grantee)
) STRICT;

CREATE TABLE public_access (
  account TEXT NOT NULL REFERENCES account (id),
  region TEXT NOT NULL REFERENCES region (name),
  state TEXT NOT NULL,
  PRIMARY KEY (account, region)
) STRICT;
`
