import type { RegionName } from '../../../core/contract/ids.ts'
import type { UnloadedLook } from '../../words/load-words.ts'
import type { Column, ColumnLayout } from '../columns.ts'
import type { Palette } from '../palette.ts'
import type { BlockWindow } from './address-axis.ts'
import type { Labelled, Wordings } from './cell-label.ts'
import type { Picture } from './picture.ts'

/** A column as it is painted. */
export type SceneColumn = {
  readonly column: Column
  /** The column of the picture whose cells are painted; -1: none. */
  readonly source: number
  /** Of another lane: what the lane followed reads runs through it. */
  readonly isForeign: boolean
  /** Blocks go on in columns of the same region alone. */
  readonly region: RegionName | null
  /** Under the cells. */
  readonly foot: Wordings
}

/** Everything a core sample is painted from. Pixels are CSS pixels. */
export type Scene = {
  readonly picture: Picture
  readonly tones: Uint8Array
  /** Colour of each tone. */
  readonly colours: readonly string[]
  readonly palette: Palette
  readonly labelled: Labelled
  readonly shape: ColumnLayout['shape']
  readonly columns: readonly SceneColumn[]
  readonly window: BlockWindow
  readonly width: number
  /** Of the cells, without the foot. */
  readonly height: number
  readonly selectedColumns: ReadonlySet<number>
  /** Of what the live volume has not got. */
  readonly unloadedLook: UnloadedLook
}

/** Height of the line under the cells. */
export const FOOT_HEIGHT = 28

/**
 * Which cells each column shows. While columns are wide each shows its own; squeezed ones of other
 * lanes let those of the lane followed run through, else every clone would be a stripe.
 */
export function sceneColumns(
  layout: ColumnLayout,
  picture: Picture,
  path: ReadonlySet<string>,
  marked: ReadonlySet<string>,
  headRegion: RegionName | null,
  footOf: (column: Column) => Wordings,
): readonly SceneColumn[] {
  let through = -1
  return layout.columns.map((column) => {
    const foot = footOf(column)
    const { region } = column
    if (column.kind === 'now') {
      const head = picture.sample.columns.length - 1
      const hasHead = picture.sample.columns[head]?.snapshotId === null
      return { column, source: hasHead ? head : -1, isForeign: false, region: headRegion, foot }
    }
    const own = column.id === null ? -1 : (picture.columnOf.get(column.id) ?? -1)
    const isOnPath = column.id !== null && (path.has(column.id) || marked.has(column.id))
    if (layout.shape === 'card') return { column, source: own, isForeign: false, region, foot }
    if (!isOnPath || own < 0) return { column, source: through, isForeign: true, region, foot }
    if (column.id !== null && path.has(column.id)) through = own
    return { column, source: own, isForeign: false, region, foot }
  })
}
