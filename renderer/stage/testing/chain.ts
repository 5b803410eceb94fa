import type { SnapshotId } from '../../../core/contract/ids.ts'
import { EMPTY, span } from '../../../core/lineage/index-set.ts'
import { Lineage } from '../../../core/lineage/lineage.ts'
import { sampleCore } from '../../../core/lineage/sample.ts'
import { id } from '../../state/library-example.ts'
import { type Picture, pictureOf } from '../core/picture.ts'
import { dimmedTones, type ToneView, tonesOf } from '../core/tones.ts'

/** Blocks in a GiB. */
export const GIB_BLOCKS = 2_048
const VOLUME_BLOCKS = 15 * GIB_BLOCKS

const node = (letter: string, parent: string | null, fromGib: number, gib: number) => ({
  id: id(letter),
  parentId: parent === null ? null : id(parent),
  isAlive: true,
  startedAtMs: letter.charCodeAt(0),
  blockCount: VOLUME_BLOCKS,
  data: span(fromGib * GIB_BLOCKS, (fromGib + gib) * GIB_BLOCKS),
  holes: EMPTY,
})

/** A stores 10 GiB, B rewrites the last 4 of them, C adds 2: sampled by the real algebra. */
export function chainPicture(
  given: { dead?: string; doomed?: string; maxRows?: number; unloaded?: [number, number] } = {},
): {
  picture: Picture
  columns: readonly string[]
} {
  const all = [node('a', null, 0, 10), node('b', 'a', 6, 4), node('c', 'b', 10, 2)]
  const dead = [...(given.dead ?? '')].map(id)
  const columns = ['a', 'b', 'c'].filter((letter) => !dead.includes(id(letter)))
  const sample = sampleCore(new Lineage(all).withDead(dead), {
    columnIds: columns.map(id),
    head: {
      baseId: id('c'),
      changed: span(0, GIB_BLOCKS),
      written: null,
      unloaded: given.unloaded ? span(...given.unloaded) : EMPTY,
      blockCount: VOLUME_BLOCKS,
    },
    firstBlock: 0,
    blockCount: VOLUME_BLOCKS,
    maxRows: given.maxRows ?? 512,
    doomedIds: [...(given.doomed ?? '')].map(id),
  })
  return { picture: pictureOf(sample), columns: columns.map((letter) => letter.toUpperCase()) }
}

export const noQuestion: ToneView = {
  mode: 'owner',
  isPreview: false,
  doomed: new Set(),
  generationOfColumn: [1, 3, 5],
  peersOfColumn: [3, 3, 3, 3],
  foreign: new Set(),
}

/** The tones of a column, from the lowest address, each once as long as it lasts. */
export function tonesDown(
  picture: Picture,
  view: ToneView,
  letter: string,
  emphasised: readonly number[] = [],
): readonly number[] {
  const column = picture.columnOf.get(id(letter) as SnapshotId) ?? picture.sample.columns.length - 1
  const tones = dimmedTones(picture, tonesOf(picture, view), emphasised)
  const down: number[] = []
  for (let row = 0; row < picture.rowCount; row++) {
    const tone = tones[column * picture.rowCount + row]!
    if (down.at(-1) !== tone) down.push(tone)
  }
  return down
}
