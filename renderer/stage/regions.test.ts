import { describe, expect, it } from 'vitest'
import type { SnapshotId } from '../../core/contract/ids.ts'
import type { LibraryView } from '../../core/contract/model.ts'
import { laneKeyOf } from '../state/lanes.ts'
import { id, library, volumeId, web } from '../state/library-example.ts'
import { copyOf, far, twoRegions } from '../state/region-example.ts'
import { generationsOf } from './colours.ts'
import { layoutColumns } from './columns.ts'
import { moved, rangeOf } from './keyboard.ts'
import { framedImages } from './lanes/frames.ts'
import { layoutLanes } from './lanes/lane-layout.ts'
import type { LaneView } from './lanes/lane-view.ts'
import { snapshotLabel } from './lanes/lane-words.ts'
import { toFlow } from './lanes/to-flow.ts'
import { legendOf } from './legend-entries.ts'
import { entriesOf, pathOf, treeOf } from './tree.ts'

const NOBODY: ReadonlySet<SnapshotId> = new Set()
const [a, b, c] = library().snapshots as [never, never, never]

function viewOf(view: LibraryView, width: number, given: Partial<LaneView> = {}): LaneView {
  const tree = treeOf(view, volumeId)
  const entries = entriesOf(tree)
  const layout = layoutColumns({ entries, openFirst: [], availableWidth: width, zoom: 1 })
  return {
    tree,
    layout,
    lanes: layoutLanes(tree.lanes.length, layout, 800),
    generations: generationsOf(tree.snapshots),
    strips: new Map(),
    generationOfColumn: [],
    followedId: volumeId,
    selected: NOBODY,
    pointedId: null,
    doomed: NOBODY,
    pinned: NOBODY,
    isPreview: false,
    takeovers: new Map(),
    focusKey: '',
    seen: { from: 0, to: Number.POSITIVE_INFINITY },
    takenId: null,
    fullBarBytes: 1,
    nowMs: 0,
    images: framedImages(view, tree),
    shownImageId: null,
    keyMarks: new Map(),
    unloadedLook: 'unloaded',
    ...given,
  }
}

const linksIn = (view: LaneView) =>
  toFlow(view).edges.flatMap((edge) => (edge.type === 'copy' && edge.data ? [edge.data] : []))
const shapesIn = (view: LaneView) =>
  Object.fromEntries(
    toFlow(view).edges.flatMap((edge) =>
      edge.type === 'river' ? [[edge.id, edge.data?.shape]] : [],
    ),
  )

describe('the copies of a volume in another region', () => {
  const tree = treeOf(twoRegions(), volumeId)

  it('are a lane of their own below its first, without a live volume', () => {
    expect(tree.lanes.map(({ key, isHome }) => [key, isHome])).toEqual([
      [`${volumeId} local`, true],
      [`${volumeId} ${far}`, false],
    ])
    const copies = tree.laneOf.get(`${volumeId} ${far}`)
    expect(copies?.map((s) => s.snapshotId)).toEqual([id('x'), id('y'), id('z')])
    expect(tree.numberOf.get(id('y'))).toBe(2)
  })

  it('stay when the volume and its snapshots are gone', () => {
    const snapshots = twoRegions().snapshots.filter(({ region }) => region === far)
    const torn = treeOf(twoRegions({ snapshots, volumes: [{ ...web, isRemoved: true }] }), volumeId)
    expect(torn.lanes.map(({ region }) => region)).toEqual([far])
  })

  it('are on no way back of the live volume, nor its snapshots on theirs', () => {
    const [home, away] = tree.lanes
    expect([...pathOf(tree, home)].sort()).toEqual([id('a'), id('b'), id('c')])
    expect([...pathOf(tree, away)].sort()).toEqual([id('x'), id('y'), id('z')])
  })

  it('have the colours of their sources, which the legend names once', () => {
    const generations = generationsOf(tree.snapshots)
    expect([...generations.values()]).toEqual([1, 3, 5, 1, 3, 5])
    const { entries } = legendOf({
      mode: 'owner',
      isPreview: false,
      hasHeirs: false,
      isHeld: false,
      snapshots: tree.snapshots,
      foreign: tree.foreign,
      followedKey: laneKeyOf(web),
      tickedName: null,
      unloaded: null,
    })
    expect(entries.map((entry) => entry.label)).toEqual(['A', 'B', 'C', 'never written'])
  })

  it('have a colour of their own once the source is gone', () => {
    const orphans = generationsOf(tree.snapshots.filter((s) => s.snapshotId !== id('a')))
    expect(new Set([id('b'), id('c'), id('x')].map((s) => orphans.get(s))).size).toBe(3)
  })

  it('are walked by keys, and ranges keep to one region', () => {
    expect(moved(tree, id('y'), 'ArrowLeft')).toBe(id('x'))
    expect(moved(tree, id('z'), 'ArrowRight')).toBe(id('z'))
    expect(moved(tree, id('x'), 'End')).toBe(id('z'))
    expect(moved(tree, id('x'), 'ArrowUp')).toBe(id('c'))
    expect(moved(tree, id('a'), 'ArrowDown')).toBe(id('x'))
    expect(moved(tree, id('c'), 'ArrowRight')).toBe(`head:${volumeId}`)
    expect(rangeOf(tree, id('a'), id('c'))).toEqual([id('a'), id('b'), id('c')])
  })

  it('say in words where they are, and of what they are copies', () => {
    expect(snapshotLabel(tree, tree.byId.get(id('y'))!)).toContain(
      'snapshot 2 of 3 in web, region eu-west-1. A copy of B in local.',
    )
  })
})

describe('links to copies', () => {
  it('go down to each, a later one above, with what moved', () => {
    const links = linksIn(viewOf(twoRegions(), 1_400))
    expect(links.map((link) => link.label.replaceAll('\u00a0', ' '))).toEqual([
      '10 GiB moved',
      '4 GiB moved',
      '2 GiB moved',
    ])
    const levels = links.map((link) => link.levelY)
    expect(levels).toEqual(levels.toSorted((one, other) => other - one))
    expect(new Set(levels).size).toBe(3)
    for (const { from, levelY, to } of links) {
      expect(from.y).toBeLessThan(levelY)
      expect(levelY).toBeLessThan(to.y)
    }
  })

  it('pass beside what a source takes over, in as many words as are told', () => {
    const takeovers = new Map([[id('a'), 2 ** 31]])
    const view = twoRegions()
    const [a, , , x] = view.snapshots
    const one = { ...view, snapshots: [a!, x!] }
    const [roomy, plain] = [viewOf(one, 1_400, { takeovers }), viewOf(one, 1_400)]
    const offset = linksIn(roomy)[0]!.from.x - linksIn(plain)[0]!.from.x
    expect(offset).toBeGreaterThan(60)
    const low = layoutLanes(2, roomy.layout, 300)
    expect(low.boxHeight).toBeLessThan(roomy.lanes.boxHeight)
    const [beside, middle] = [
      { ...roomy, lanes: low },
      { ...plain, lanes: low },
    ].flatMap(linksIn)
    expect(beside!.from.x - middle!.from.x).toBeGreaterThan(20)
    expect(beside!.from.x - middle!.from.x).toBeLessThan(offset)
    expect(beside!.from.x).toBeLessThan(beside!.to.x)
  })

  it('drop their words where columns are narrow, and all but the marked where there are many', () => {
    const view = twoRegions()
    const more = 'mnopqrst'.split('')
    const sources = more.map((letter, i) => ({
      ...view.snapshots[0]!,
      snapshotId: id(letter),
      startedAt: i,
    }))
    const copies = sources.map((s, i) => copyOf(String.fromCharCode(65 + i), s, { parentId: null }))
    const many = { ...view, snapshots: [...sources, ...copies] }
    expect(linksIn(viewOf(view, 300)).map((link) => link.label)).toEqual(['', '', ''])
    expect(linksIn(viewOf(many, 1_400))).toEqual([])
    expect(linksIn(viewOf(many, 1_400, { pointedId: id('n') }))).toHaveLength(1)
  })
})

describe('a copy in the region of its source', () => {
  const copy = copyOf('x', a, { region: web.region, parentId: id('a'), name: 'A again' })
  const view = viewOf(library({ snapshots: [a, b, c, copy] }), 1_400)

  it('stands in the lane of its source, whose lines pass what lies between', () => {
    expect(view.tree.lanes).toHaveLength(1)
    expect(linksIn(view)).toEqual([])
    expect(shapesIn(view)).toEqual({
      [`${id('a')}>${id('b')}`]: 'straight',
      [`${id('b')}>${id('c')}`]: 'straight',
      [`${id('a')}>${id('x')}`]: 'around',
      [`${id('c')}>head:${volumeId}`]: 'around',
    })
  })

  it('makes no word of regions', () => {
    const labels = view.tree.snapshots.map((s) => snapshotLabel(view.tree, s))
    expect(labels.join()).not.toMatch(/region|local/)
    expect(labels.at(-1)).toContain('A copy of A.')
  })
})
