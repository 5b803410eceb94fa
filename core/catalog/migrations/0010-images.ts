/** Machine images. A snapshot that one maps cannot go: its row is referred to. */
export const images = `
CREATE TABLE image (
  id TEXT PRIMARY KEY,
  owner_id TEXT NOT NULL REFERENCES account (id),
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  region TEXT NOT NULL REFERENCES region (name),
  architecture TEXT NOT NULL,
  virtualization TEXT NOT NULL,
  boot_mode TEXT NOT NULL,
  has_ena INTEGER NOT NULL CHECK (has_ena IN (0, 1)),
  consistency TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  instance_id TEXT,
  copied_from TEXT,
  is_deregistered INTEGER NOT NULL DEFAULT 0 CHECK (is_deregistered IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX image_name ON image (owner_id, region, name) WHERE is_deregistered = 0;

CREATE TABLE image_mapping (
  image_id TEXT NOT NULL REFERENCES image (id),
  device_name TEXT NOT NULL,
  snapshot_id TEXT REFERENCES snapshot (id),
  size_bytes INTEGER NOT NULL CHECK (size_bytes > 0),
  volume_type TEXT NOT NULL,
  delete_on_termination INTEGER NOT NULL CHECK (delete_on_termination IN (0, 1)),
  is_root INTEGER NOT NULL CHECK (is_root IN (0, 1)),
  PRIMARY KEY (image_id, device_name)
) STRICT;
CREATE INDEX image_mapping_snapshot ON image_mapping (snapshot_id);

CREATE TABLE image_permission (
  image_id TEXT NOT NULL REFERENCES image (id),
  grantee TEXT NOT NULL,
  PRIMARY KEY (image_id, grantee)
) STRICT;
`
