import { useMemo } from 'react'
import type { RegionName, SnapshotId } from '../../../core/contract/ids.ts'
import type { UnloadedLook } from '../../words/load-words.ts'
import type { Column, ColumnLayout } from '../columns.ts'
import { usePalette } from '../palette.ts'
import type { CoreMode } from '../stage-props.ts'
import type { BlockWindow } from './address-axis.ts'
import type { Wordings } from './cell-label.ts'
import type { Picture } from './picture.ts'
import { type Scene, sceneColumns } from './scene.ts'
import { dimmedTones, toneColours, tonesOf } from './tones.ts'

export type SceneRequest = {
  readonly picture: Picture | null
  readonly layout: ColumnLayout
  readonly mode: CoreMode
  readonly isPreview: boolean
  /** The previewed ones, or those selected. */
  readonly marked: ReadonlySet<SnapshotId>
  readonly emphasised: ReadonlySet<SnapshotId>
  readonly path: ReadonlySet<SnapshotId>
  /** Where the live volume of the last column lives. */
  readonly headRegion: RegionName | null
  /** Of each of the picture's columns, how many snapshots are of its region. */
  readonly peersOfColumn: readonly number[]
  readonly generationOfColumn: readonly number[]
  /** Of the picture's columns. */
  readonly names: readonly string[]
  readonly foreign: ReadonlySet<number>
  readonly window: BlockWindow
  readonly volumeBlocks: number
  readonly width: number
  readonly height: number
  readonly unloadedLook: UnloadedLook
  readonly footOf: (column: Column) => Wordings
}

/** The core sample as it is painted; null until there is a picture. */
export function useScene(request: SceneRequest): Scene | null {
  const palette = usePalette()
  const colours = useMemo(() => toneColours(palette), [palette])
  const {
    picture,
    layout,
    mode,
    isPreview,
    marked,
    emphasised,
    generationOfColumn,
    names,
    foreign,
  } = request
  const { path, headRegion, peersOfColumn, window, volumeBlocks, width, height, footOf } = request
  const { unloadedLook } = request
  const toned = useMemo(() => {
    if (picture === null) return null
    const selectedColumns = new Set(columnsOf(picture, marked))
    const doomed = isPreview ? selectedColumns : new Set<number>()
    const view = { mode, isPreview, doomed, generationOfColumn, peersOfColumn, foreign }
    const labelled = { picture, view, names, volumeBlocks }
    return { picture, base: tonesOf(picture, view), labelled, selectedColumns }
  }, [
    picture,
    mode,
    isPreview,
    marked,
    generationOfColumn,
    peersOfColumn,
    names,
    foreign,
    volumeBlocks,
  ])
  const tones = useMemo(
    () => toned && dimmedTones(toned.picture, toned.base, columnsOf(toned.picture, emphasised)),
    [toned, emphasised],
  )
  const columns = useMemo(
    () => (picture === null ? [] : sceneColumns(layout, picture, path, marked, headRegion, footOf)),
    [layout, picture, path, marked, headRegion, footOf],
  )
  return useMemo(() => {
    if (toned === null || tones === null || width <= 0 || height <= 0) return null
    return {
      picture: toned.picture,
      labelled: toned.labelled,
      selectedColumns: toned.selectedColumns,
      tones,
      colours,
      palette,
      shape: layout.shape,
      columns,
      window,
      width,
      height,
      unloadedLook,
    }
  }, [toned, tones, colours, palette, layout.shape, columns, window, width, height, unloadedLook])
}

function columnsOf(picture: Picture, ids: ReadonlySet<SnapshotId>): readonly number[] {
  return [...ids].flatMap((id) => picture.columnOf.get(id) ?? [])
}
