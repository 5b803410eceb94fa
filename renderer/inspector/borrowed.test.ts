import { describe, expect, it } from 'vitest'
import { GIB, id, library } from '../state/library-example.ts'
import { lendersOf } from './borrowed.ts'

const view = library()
const [a, b, c] = view.snapshots as [(typeof view.snapshots)[0], ...typeof view.snapshots]

describe('from whom a snapshot borrows', () => {
  it('is the first that held the blocks, by what is shared with each ancestor', () => {
    const sharing = [
      { snapshotId: id('b'), sharedBytes: 10 * GIB },
      { snapshotId: id('a'), sharedBytes: 6 * GIB },
    ]
    expect(lendersOf(c!, view, sharing)).toEqual([
      { snapshot: a, bytes: 6 * GIB },
      { snapshot: b, bytes: 4 * GIB },
    ])
  })

  it('is nobody for the first, whoever comes later', () => {
    expect(lendersOf(a, view, [{ snapshotId: id('b'), sharedBytes: 6 * GIB }])).toEqual([])
  })
})
