/**
 * Rounds fractions of a whole to integers that still sum to it: each is cut, and what is missing
 * goes to those that lost most (the largest remainder method).
 *
 * @param shares non-negative, summing to `total` but for rounding errors
 */
export function roundShares(shares: readonly number[], total: number): number[] {
  const rounded = shares.map(Math.floor)
  let missing = total - rounded.reduce((sum, share) => sum + share, 0)
  const byLoss = shares
    .map((share, i) => ({ i, loss: share - Math.floor(share) }))
    .sort((a, b) => b.loss - a.loss || a.i - b.i)
  for (const { i } of byLoss) {
    if (missing <= 0) break
    rounded[i]! += 1
    missing -= 1
  }
  return rounded
}
