import { useMemo } from 'react'
import type { SnapshotId } from '../../../core/contract/model.ts'
import type { Column, ColumnLayout } from '../columns.ts'
import { usePalette } from '../palette.ts'
import type { CoreMode } from '../stage-props.ts'
import type { BlockWindow } from './address-axis.ts'
import type { Wordings } from './cell-label.ts'
import type { Picture } from './picture.ts'
import { type Scene, sceneColumns } from './scene.ts'
import { toneColours, tonesOf } from './tones.ts'

export type SceneRequest = {
  readonly picture: Picture | null
  readonly layout: ColumnLayout
  readonly mode: CoreMode
  readonly isPreview: boolean
  /** The previewed ones, or those selected. */
  readonly marked: ReadonlySet<SnapshotId>
  readonly emphasised: ReadonlySet<SnapshotId>
  readonly path: ReadonlySet<SnapshotId>
  readonly generationOfColumn: readonly number[]
  /** Of the picture's columns. */
  readonly names: readonly string[]
  readonly window: BlockWindow
  readonly width: number
  readonly height: number
  readonly footOf: (column: Column) => Wordings
}

/** The core sample as it is painted; null until there is a picture. */
export function useScene(request: SceneRequest): Scene | null {
  const palette = usePalette()
  const colours = useMemo(() => toneColours(palette), [palette])
  const { picture, layout, mode, isPreview, marked, emphasised, generationOfColumn, names } =
    request
  const { path, window, width, height, footOf } = request
  const toned = useMemo(() => {
    if (picture === null) return null
    const columnsOf = (ids: ReadonlySet<SnapshotId>) =>
      [...ids].flatMap((id) => picture.columnOf.get(id) ?? [])
    const view = {
      mode,
      isPreview,
      doomed: new Set(isPreview ? columnsOf(marked) : []),
      emphasised: columnsOf(emphasised),
      generationOfColumn,
    }
    const selectedColumns = new Set(columnsOf(marked))
    const labelled = { picture, view, names }
    return { picture, tones: tonesOf(picture, view), labelled, selectedColumns }
  }, [picture, mode, isPreview, marked, emphasised, generationOfColumn, names])
  return useMemo(() => {
    if (toned === null || width <= 0 || height <= 0) return null
    return {
      ...toned,
      colours,
      palette,
      shape: layout.shape,
      columns: sceneColumns(layout, toned.picture, path, marked, footOf),
      window,
      width,
      height,
    }
  }, [toned, colours, palette, layout, path, marked, footOf, window, width, height])
}
