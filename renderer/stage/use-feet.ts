import { useCallback } from 'react'
import type { VolumeId } from '../../core/contract/ids.ts'
import type { Column, ColumnLayout } from './columns.ts'
import type { Wordings } from './core/cell-label.ts'
import { footOf, headFoot } from './core/core-words.ts'
import { dayOf, headBaseOf } from './lanes/lane-words.ts'
import type { VolumeTree } from './tree.ts'

/** The words under each column: a size while columns are wide, else a day. */
export function useFeet(
  tree: VolumeTree,
  shape: ColumnLayout['shape'],
  followedId: VolumeId,
  isPreview: boolean,
): (column: Column) => Wordings {
  return useCallback(
    (column) => {
      const isWide = shape === 'card'
      if (column.kind === 'now') {
        if (!isWide) return ['now']
        const volume = tree.volumes.find((v) => v.volumeId === followedId)
        return volume ? headFoot(volume, headBaseOf(tree, volume), isPreview) : ['']
      }
      const snapshot = column.id ? tree.byId.get(column.id) : undefined
      if (!snapshot) return ['']
      return isWide ? footOf(snapshot) : [dayOf(snapshot.startedAt)]
    },
    [shape, tree, followedId, isPreview],
  )
}
