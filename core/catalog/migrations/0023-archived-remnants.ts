/** Of remnants: whether archiving left them, not a deletion. Of older ones that is not known. */
export const archivedRemnants = `
ALTER TABLE snapshot ADD COLUMN is_left_by_archiving INTEGER NOT NULL DEFAULT 0
  CHECK (is_left_by_archiving IN (0, 1));
`
