/** Who wrote each cell of a column: an index of a column, or null where nothing was written. */
export type CellMap = readonly (number | null)[]

/** Cells in a row that one snapshot wrote. */
export type Band = {
  firstCell: number
  cellCount: number
  writer: number
  /** Written in this very column. */
  isBorn: boolean
  /** The next column reads the same cells. */
  continues: boolean
}

/** @param maps columns from old to young, each as long as the volume in cells */
export function bandsOf(maps: readonly CellMap[]): Band[][] {
  return maps.map((map, column) => {
    const next = maps[column + 1]
    const bands: Band[] = []
    map.forEach((writer, cell) => {
      if (writer === null) return
      const continues = next?.[cell] === writer
      const last = bands.at(-1)
      const isSame = last && last.writer === writer && last.continues === continues
      if (isSame && last.firstCell + last.cellCount === cell) last.cellCount++
      else
        bands.push({ firstCell: cell, cellCount: 1, writer, isBorn: writer === column, continues })
    })
    return bands
  })
}

/** Cells that no other column reads as this set of columns does: what comes back if they go. */
export function releasedCells(maps: readonly CellMap[], doomed: readonly number[]): number {
  const versions = (columns: readonly number[]) =>
    new Set(
      columns.flatMap((c) => (maps[c] ?? []).flatMap((w, i) => (w === null ? [] : `${w}/${i}`))),
    )
  const kept = versions(maps.map((_, c) => c).filter((c) => !doomed.includes(c)))
  return [...versions(doomed)].filter((version) => !kept.has(version)).length
}
