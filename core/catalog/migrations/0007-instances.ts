/** Instances with the volumes on them, and which snapshots were taken together. */
export const instances = `
CREATE TABLE instance (
  id TEXT PRIMARY KEY,
  owner_id TEXT NOT NULL REFERENCES account (id),
  name TEXT NOT NULL,
  region TEXT NOT NULL REFERENCES region (name),
  instance_type TEXT NOT NULL,
  security_groups TEXT NOT NULL CHECK (json_valid(security_groups)),
  key_pair TEXT,
  image_id TEXT,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE attachment (
  volume_id TEXT PRIMARY KEY REFERENCES volume (id),
  instance_id TEXT NOT NULL REFERENCES instance (id) ON DELETE CASCADE,
  device_name TEXT NOT NULL,
  is_root INTEGER NOT NULL CHECK (is_root IN (0, 1)),
  delete_on_termination INTEGER NOT NULL CHECK (delete_on_termination IN (0, 1)),
  UNIQUE (instance_id, device_name)
) STRICT;
CREATE UNIQUE INDEX attachment_root ON attachment (instance_id) WHERE is_root = 1;

CREATE TABLE snapshot_set (
  snapshot_id TEXT PRIMARY KEY REFERENCES snapshot (id) ON DELETE CASCADE,
  set_id TEXT NOT NULL,
  instance_id TEXT NOT NULL
) STRICT;
`
