/** What could not be read when its turn came to be loaded, as a packed set of indices. */
export const damagedLoads = `
ALTER TABLE volume_load ADD COLUMN damaged BLOB NOT NULL DEFAULT x'';
`
