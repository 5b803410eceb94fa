import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react'
import type { SnapshotId } from '../../core/contract/ids.ts'
import { laneKeyOf } from '../state/lanes.ts'
import { isMoveKey, moved, rangeOf } from './keyboard.ts'
import type { StageProps } from './stage-props.ts'
import { isNode, type VolumeTree } from './tree.ts'

type Told = {
  onZoom(factor: number, key: string): void
  /** Before the focus is there: its column must be in view and open. */
  onMove(key: string): void
}

type LaneKeys = {
  /** The one node of the lanes that Tab reaches. */
  focusKey: string
  setFocusKey(key: string): void
  onKeyDown(event: KeyboardEvent): void
}

/**
 * Keys in the lanes: arrows, Home and End move; with Shift they extend the selection; Enter selects,
 * Space toggles, Ctrl+A takes the lane, + - 0 zoom. Delete is left to whoever listens further up.
 */
export function useLaneKeys(
  props: StageProps,
  tree: VolumeTree,
  container: RefObject<HTMLElement | null>,
  { onZoom, onMove }: Told,
): LaneKeys {
  const [wanted, setWanted] = useState<Wanted | null>(null)
  const setFocusKey = (key: string) =>
    setWanted({ key, isRemnant: tree.remnantById.has(key as SnapshotId) })
  const mustFocus = useRef(false)
  const anchor = useRef<SnapshotId | null>(null)
  const focusKey = standing(tree, wanted) ?? fallback(props, tree)

  // After the render that brought the node into view: only then is there an element to focus.
  useEffect(() => {
    if (!mustFocus.current) return
    const node = container.current?.querySelector<HTMLElement>(`[data-id="${focusKey}"]`)
    if (!node) return
    mustFocus.current = false
    node.focus({ preventScroll: true })
  })

  const onKeyDown = (event: KeyboardEvent) => {
    const id = isNode(tree, focusKey) ? focusKey : null
    const isCommand = event.ctrlKey || event.metaKey
    if (isMoveKey(event.key) && !isCommand && !event.altKey) {
      const next = moved(tree, focusKey, event.key)
      const nextId = isNode(tree, next) ? next : null
      mustFocus.current = true
      setFocusKey(next)
      onMove(next)
      if (event.shiftKey && id && nextId) {
        anchor.current ??= id
        props.onSelect(rangeOf(tree, anchor.current, nextId), 'range')
      } else {
        anchor.current = null
        props.onHover(nextId)
      }
    } else if (event.key === 'Enter' && id) props.onSelect([id], 'one')
    else if (event.key === ' ' && id) props.onSelect([id], 'toggle')
    else if (isCommand && event.key.toLowerCase() === 'a' && id)
      props.onSelect(laneOf(tree, id), 'range')
    else if (!isCommand && ZOOM_KEYS[event.key] !== undefined)
      onZoom(ZOOM_KEYS[event.key] ?? 1, focusKey)
    else if (isMenuKey(event) && id && tree.byId.has(id)) {
      const box = (event.target as HTMLElement).getBoundingClientRect()
      props.onContextMenu(id, box.left + box.width / 2, box.top + box.height / 2)
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  return { focusKey, setFocusKey, onKeyDown }
}

/** 0 goes back to everything in view. */
const ZOOM_KEYS: Readonly<Record<string, number>> = { '+': 1.5, '=': 1.5, '-': 1 / 1.5, '0': 0 }

function isMenuKey(event: KeyboardEvent): boolean {
  return event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)
}

function laneOf(tree: VolumeTree, id: SnapshotId): SnapshotId[] {
  const snapshot = tree.byId.get(id)
  const lane = snapshot && tree.laneOf.get(laneKeyOf(snapshot))
  return lane?.map((s) => s.snapshotId) ?? []
}

/** What was a snapshot when it was focused is not looked for among what is left of deleted ones. */
type Wanted = { key: string; isRemnant: boolean }

function standing(tree: VolumeTree, wanted: Wanted | null): string | null {
  if (wanted === null) return null
  const { key, isRemnant } = wanted
  if (isRemnant !== tree.remnantById.has(key as SnapshotId)) return null
  return isNode(tree, key) || key.startsWith('head:') ? key : null
}

function fallback(props: StageProps, tree: VolumeTree): string {
  const selected = props.selection.find((id) => isNode(tree, id))
  return selected ?? tree.snapshots.at(-1)?.snapshotId ?? `head:${props.volumeId}`
}
