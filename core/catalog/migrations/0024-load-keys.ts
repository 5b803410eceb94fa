/** Data keys of what volumes under another key than their snapshot's have yet to load. */
export const loadKeys = `
CREATE TABLE load_key (
  volume_id TEXT NOT NULL REFERENCES volume_load (volume_id) ON DELETE CASCADE,
  data_key INTEGER NOT NULL REFERENCES data_key (number),
  wrapped BLOB NOT NULL,
  PRIMARY KEY (volume_id, data_key)
) STRICT;
`
