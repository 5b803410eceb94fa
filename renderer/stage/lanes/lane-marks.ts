import type { SnapshotId } from '../../../core/contract/ids.ts'
import type { Snapshot } from '../../../core/contract/model.ts'
import { laneKeyOf } from '../../state/lanes.ts'
import { formatBytes } from '../../words/byte-format.ts'
import { formatInstant } from '../../words/time-format.ts'
import { colourOfGeneration } from '../colours.ts'
import type { StripLook, StripRun } from '../core/strip.ts'
import { type Caption, hasFigures, type Level, type StripPart } from './flow-nodes.ts'
import { isFramed } from './frames.ts'
import type { LaneView } from './lane-view.ts'

export function captionsOf(view: LaneView, snapshot: Snapshot, level: Level): readonly Caption[] {
  const id = snapshot.snapshotId
  const captions: Caption[] = []
  const isPointed = view.pointedId === id && !view.isPreview
  if (view.doomed.has(id)) {
    const isAside = level !== 'pill' && isFramed(view, snapshot)
    const text = isAside ? fateOf(view, id, 'pill') : fateOf(view, id, level)
    captions.push({ kind: 'doomed', text, place: 'above', isAside })
  } else if (level === 'pill' && (isPointed || isOnlyOne(view, id))) {
    captions.push({
      kind: 'date',
      text: `${snapshot.name}, ${formatInstant(snapshot.startedAt, view.nowMs)}`,
      place: 'above',
    })
  }
  const bytes = view.takeovers.get(id)
  if (bytes !== undefined && !view.doomed.has(id)) {
    captions.push({ kind: 'heir', text: takeoverWords(view, bytes, level), place: 'below' })
  } else if (isPointed && level !== 'pill' && !isFork(view, snapshot)) {
    captions.push({ kind: 'pointed', text: 'pointed at', place: 'below' })
  }
  return captions
}

function fateOf({ pinned }: LaneView, id: SnapshotId, level: Level): string {
  if (level === 'pill') return pinned.has(id) ? 'stays' : 'goes'
  if (!pinned.has(id)) return 'to be deleted'
  return hasFigures(level) ? 'cannot be deleted' : 'cannot go'
}

/** Dates of several would lie over one another. */
function isOnlyOne({ selected }: LaneView, id: SnapshotId): boolean {
  return selected.size === 1 && selected.has(id)
}

/** Two heirs side by side have no more room than their boxes. */
export function takeoverWords(view: LaneView, bytes: number | null, level: Level): string {
  if (level === 'pill') return ''
  if (!hasFigures(level)) return bytes === null ? 'a part' : `+${formatBytes(bytes)}`
  const verb = view.isPreview ? 'takes over' : 'would take over'
  return `${verb} ${bytes === null ? 'a part' : formatBytes(bytes)}`
}

/** A clone's line leaves where the caption would be. */
function isFork({ tree }: LaneView, snapshot: Snapshot): boolean {
  const children = tree.childrenOf.get(snapshot.snapshotId) ?? []
  return children.some((child) => laneKeyOf(child) !== laneKeyOf(snapshot))
}

/** A snapshot's colour for drawings, where a pattern has an address. */
export function fillOfSnapshot(view: LaneView, snapshot: Snapshot): string {
  const isDoomed = view.doomed.has(snapshot.snapshotId)
  return isDoomed ? 'url(#hatch-released)' : swatchOf(view, snapshot, false)
}

export function swatchOf(view: LaneView, snapshot: Snapshot, isDoomed: boolean): string {
  if (isDoomed) return 'var(--hatch-released)'
  if (view.tree.foreign.has(snapshot.snapshotId)) return 'var(--neutral)'
  if (view.isPreview) return 'var(--stay-tint)'
  return colourOfGeneration(view.generations.get(snapshot.snapshotId) ?? 0)
}

export function partOf(view: LaneView, run: StripRun, isHead: boolean): StripPart {
  return { from: run.from, to: run.to, fill: fillOf(view, run.look, isHead) }
}

function fillOf(view: LaneView, look: StripLook, isHead: boolean): string {
  if (look.kind === 'changed') return 'var(--text)'
  if (look.kind === 'elsewhere' || (isHead && view.isPreview)) return 'var(--neutral)'
  if (look.kind === 'unloaded') return `url(#hatch-${view.unloadedLook})`
  if (look.kind === 'released') return 'url(#hatch-released)'
  if (look.kind === 'stays') return 'var(--stay-tint)'
  const colour = colourOfGeneration(view.generationOfColumn[look.storer] ?? 0)
  return isHead ? `color-mix(in srgb, ${colour} 35%, var(--canvas))` : colour
}
