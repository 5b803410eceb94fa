/** The event log. What happened before it was kept has no events. */
export const events = `
CREATE TABLE event (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  region TEXT NOT NULL,
  type TEXT NOT NULL,
  result TEXT NOT NULL,
  notification TEXT NOT NULL CHECK (json_valid(notification))
) STRICT;
`
