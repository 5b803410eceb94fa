import { describe, expect, it, vi } from 'vitest'
import { CHANGED, CoreSample, UNWRITTEN } from '../contract/core-sample.ts'
import { EMPTY, has, indexSet, span } from './index-set.ts'
import { Lineage } from './lineage.ts'
import { type SampleRequest, sampleCore } from './sample.ts'
import { BruteForce } from './testing/brute-force.ts'
import { FEWER, onManyForests } from './testing/many-forests.ts'
import { type Random, randomSet } from './testing/random.ts'

// Slow machines may take their time.
vi.setConfig({ testTimeout: 60_000 })

/** What one index of one column is: its writer, and whether it goes with the doomed. */
type Point = { writer: string; isReleased: boolean } | null

function randomRequest(lineage: Lineage, random: Random): SampleRequest {
  const ids = lineage.nodes.map(({ id }) => id)
  const base = random.pick(lineage.nodes)
  const living = lineage.nodes.filter(({ isAlive }) => isAlive).map(({ id }) => id)
  return {
    columnIds: random.shuffle(random.some(ids, 0.7)),
    head: random.chance(0.5)
      ? {
          baseId: random.chance(0.8) ? base.id : null,
          changed: randomSet(random, base.blockCount),
          written: random.chance(0.5) ? randomSet(random, base.blockCount) : null,
          unloaded: random.chance(0.3) ? randomSet(random, base.blockCount) : EMPTY,
          blockCount: base.blockCount,
        }
      : null,
    firstBlock: random.below(4),
    blockCount: random.below(30),
    maxRows: random.pick([1, 2, 5, 1_000]),
    doomedIds: random.some(living, random.pick([0, 0.3, 0.8])),
  }
}

/** Each column of the request, at each index of the window, by counting. */
function pointsOf(lineage: Lineage, request: SampleRequest): Point[][] {
  const counted = new BruteForce(lineage)
  const survivors = counted.holders(new Set(request.doomedIds))
  const { firstBlock, blockCount, head } = request
  const pointsOfMap = (id: string | null): Point[] => {
    const map = id === null ? [] : counted.mapOf(id)
    return Array.from({ length: blockCount }, (_, i) => {
      const version = map[firstBlock + i]
      if (!version) return null
      return { writer: version.writer.id, isReleased: !survivors.has(version.key) }
    })
  }
  const columns = request.columnIds.map(pointsOfMap)
  if (head === null) return columns
  const headPoints = pointsOfMap(head.baseId).map((point, i): Point => {
    const index = firstBlock + i
    const changed: Point = { writer: 'CHANGED', isReleased: false }
    if (index >= head.blockCount) return null
    if (head.written !== null && !has(head.written, index)) return null
    if (has(head.changed, index)) return changed
    return point ?? (head.written === null ? null : changed)
  })
  return [...columns, headPoints]
}

/** What a cell of these points must say. */
function cellOf(data: NonNullable<Point>[]) {
  const countOf = new Map<string, number>()
  for (const { writer } of data) countOf.set(writer, (countOf.get(writer) ?? 0) + 1)
  const released = data.filter(({ isReleased }) => isReleased).length
  return { data: data.length, released, most: Math.max(0, ...countOf.values()), countOf }
}

describe('sampleCore', () => {
  it('counts every cell as counting blocks does', () =>
    onManyForests((lineage, random) => {
      const request = randomRequest(lineage, random)
      const sample = sampleCore(lineage, request)
      const points = pointsOf(lineage, request)
      expect(sample.columns.map(({ snapshotId }) => snapshotId)).toEqual(
        request.head === null ? request.columnIds : [...request.columnIds, null],
      )
      const rowStarts = [...sample.rowStarts]
      expect(rowStarts[0]).toBe(request.firstBlock)
      expect(rowStarts.at(-1)).toBe(request.firstBlock + request.blockCount)
      for (const [at, column] of sample.columns.entries()) {
        const counted = [...column.cells.keys()].map((row) => {
          const [start, end] = [rowStarts[row]!, rowStarts[row + 1]!]
          const window = points[at]!.slice(start - request.firstBlock, end - request.firstBlock)
          return cellOf(window.filter((point) => point !== null))
        })
        expect([...column.dataBlocks]).toEqual(counted.map(({ data }) => data))
        expect([...column.releasedBlocks]).toEqual(counted.map(({ released }) => released))
        expect([...column.majorityBlocks]).toEqual(counted.map(({ most }) => most))
        for (const [row, cell] of column.cells.entries()) {
          const writer = cell === CHANGED ? 'CHANGED' : sample.writers[cell]
          const { data, most, countOf } = counted[row]!
          if (data === 0 ? cell !== UNWRITTEN : countOf.get(writer!) !== most) {
            throw new Error(`Row ${row} of column ${at} is said to be of ${writer}`)
          }
        }
      }
    }, FEWER))

  it('has as rows the longest bands on which nothing changes, when they are few enough', () =>
    onManyForests((lineage, random) => {
      const request = randomRequest(lineage, random)
      const points = pointsOf(lineage, request)
      const stateAt = (i: number) =>
        [
          ...points.map((column) => `${column[i]?.writer} ${column[i]?.isReleased}`),
          has(request.head?.unloaded ?? EMPTY, i + request.firstBlock),
        ].join()
      const bandStarts = Array.from({ length: request.blockCount }, (_, i) => i)
        .filter((i) => i === 0 || stateAt(i) !== stateAt(i - 1))
        .map((i) => i + request.firstBlock)
      const { rowStarts, isExact } = sampleCore(lineage, request)
      expect(isExact).toBe(bandStarts.length <= request.maxRows)
      if (isExact) expect([...rowStarts].slice(0, -1)).toEqual(bandStarts)
      else expect(rowStarts.length).toBe(request.maxRows + 1)
    }, FEWER))

  it('lists who wrote cells, each once, oldest first', () =>
    onManyForests((lineage, random) => {
      const { writers, columns } = sampleCore(lineage, randomRequest(lineage, random))
      const cells = new Set(columns.flatMap((column) => [...column.cells]).filter((i) => i >= 0))
      expect([...cells].sort((a, b) => a - b)).toEqual([...writers.keys()])
      const starts = writers.map((id) => lineage.get(id).startedAtMs)
      expect(starts).toEqual(starts.toSorted((a, b) => a - b))
    }, FEWER))

  it('is what the contract says', () => {
    const id = `snap-${'0'.repeat(17)}`
    const lineage = new Lineage([
      {
        id,
        parentId: null,
        isAlive: true,
        startedAtMs: 0,
        blockCount: 8,
        data: indexSet([
          [0, 2],
          [6, 8],
        ]),
        holes: EMPTY,
      },
    ])
    const sample = sampleCore(lineage, {
      columnIds: [id],
      head: {
        baseId: id,
        changed: span(1, 3),
        written: null,
        unloaded: span(6, 7),
        blockCount: 8,
      },
      firstBlock: 0,
      blockCount: 8,
      maxRows: 10,
      doomedIds: [id],
    })
    expect(CoreSample.parse(sample)).toEqual(sample)
    expect([...sample.rowStarts]).toEqual([0, 1, 2, 3, 6, 7, 8])
    expect([...sample.columns[0]!.cells]).toEqual([0, 0, UNWRITTEN, UNWRITTEN, 0, 0])
    expect([...sample.columns[0]!.releasedBlocks]).toEqual([1, 1, 0, 0, 1, 1])
    expect([...sample.columns[1]!.cells]).toEqual([0, CHANGED, CHANGED, UNWRITTEN, 0, 0])
    // One block of the last band has not come yet: that parts it.
    expect(
      sample.columns.map(({ unloadedBlocks }) => unloadedBlocks && [...unloadedBlocks]),
    ).toEqual([null, [0, 0, 0, 0, 1, 0]])
  })
})
