import type { Edge, Node } from '@xyflow/react'
import type { ImageId, SnapshotId } from '../../../core/contract/ids.ts'
import type { KeyStanding } from '../../words/key-words.ts'
import type { BoxMarks } from './box-marks.ts'
import type { FrameOthers } from './frames.ts'
import type { RemnantWords } from './remnant-words.ts'

/** What nodes draw, worded and measured: they do no arithmetic and read no store. */

/** A stretch of a bar, 0 to 1, in a CSS colour or pattern. */
export type StripPart = { from: number; to: number; fill: string }

/** detail: every figure; full: three; compact: a line of text; low: a strip; pill: a bar. */
export type Level = 'detail' | 'full' | 'compact' | 'low' | 'pill'

export const hasFigures = (level: Level) => level === 'detail' || level === 'full'

export type Caption = {
  kind: 'pointed' | 'doomed' | 'heir' | 'date'
  text: string
  place: 'above' | 'below'
  /** At the left, since the name of an image stands at the right. */
  isAside?: boolean
}

/** `rest` of the label is left out where there is no room for it. */
export type Figure = { label: string; rest: string; value: string; isStrong: boolean }

export type SnapshotData = {
  id: SnapshotId
  level: Level
  name: string
  when: string
  swatch: string
  strip: readonly StripPart[]
  figures: readonly Figure[]
  /** What fits where figures do not. */
  summary: string
  /** The bar of a pill, pixels. */
  barHeight: number
  isCut: boolean
  releasedHeight: number
  captions: readonly Caption[]
  look: 'plain' | 'marked' | 'doomed'
  marks: BoxMarks
  isTaken: boolean
}
export type RemnantData = RemnantWords & {
  name: string
  /** Not deleted then: the archive got all of it. */
  isLeftByArchiving: boolean
  level: 'card' | 'pill'
  isMarked: boolean
}
export type HeadData = {
  level: Level
  keyStanding: KeyStanding | null
  strip: readonly StripPart[]
  lines: readonly string[]
  short: readonly string[]
  /** From where it moves when its snapshot is taken, pixels beside its place. */
  slide: number
}
export type CapsuleData = {
  /** How many; empty where there is no room for it. */
  label: string
  /** When, and how much they added; none where there is no room. */
  facts: readonly string[]
  /** A path for each fill. */
  bars: readonly { fill: string; d: string }[]
  /** Around bars that are selected, previewed or pointed at. */
  marks: string
  /** Under bars of snapshots that have marks. */
  flags: string
}
/** Around a snapshot that an image maps. */
export type FrameData = {
  imageId: ImageId
  /** Its name, and how many other images map the snapshot. */
  label: string
  /** What it keeps that is not in the picture; null: nothing, or there is no room for it. */
  others: FrameOthers | null
  isShown: boolean
  /** There is no room for the name. */
  isNarrow: boolean
}
/** elbow: to another lane; around: under boxes that stand between, back to its own lane. */
export type RiverShape = 'straight' | 'elbow' | 'around'
export type RiverData = {
  thickness: number
  shape: RiverShape
  isToHead: boolean
  isFaded: boolean
  says: string
}
/** From a snapshot to its copy in another region, pixels of the lanes. */
export type CopyData = {
  from: { x: number; y: number }
  to: { x: number; y: number }
  /** Where the line runs level, between two lanes. */
  levelY: number
  /** What moved; empty where there is no room for it. */
  label: string
  isFaded: boolean
  says: string
}

export type SnapshotNode = Node<SnapshotData, 'snapshot'>
export type RemnantNode = Node<RemnantData, 'remnant'>
export type HeadNode = Node<HeadData, 'head'>
export type CapsuleNode = Node<CapsuleData, 'capsule'>
export type FrameNode = Node<FrameData, 'frame'>
export type StageNode = SnapshotNode | RemnantNode | HeadNode | CapsuleNode | FrameNode
export type RiverEdge = Edge<RiverData, 'river'>
export type CopyEdge = Edge<CopyData, 'copy'>
export type StageEdge = RiverEdge | CopyEdge
