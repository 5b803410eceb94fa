/** Prices that somebody wrote down, as JSON (`PriceTable`). Without a row the list's hold. */
export const prices = `
CREATE TABLE price_table (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  prices TEXT NOT NULL
) STRICT;
`
