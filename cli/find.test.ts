import { describe, expect, it } from 'vitest'
import { AccountId, OWNER_ACCOUNT } from '../core/contract/account.ts'
import type { StrataError } from '../core/contract/errors.ts'
import { RegionName, SnapshotId, VolumeId } from '../core/contract/ids.ts'
import type { LibraryView, Snapshot, Volume } from '../core/contract/model.ts'
import {
  findRegion,
  findSnapshot,
  findVolume,
  snapshotIdOf,
  snapshotToChange,
  volumeToChange,
} from './find.ts'

const OTHER = AccountId.parse('444455556666')
const [HERE, THERE, FAR] = ['local', 'eu-west-1', 'mars-1'] as const

const idOf = (prefix: string, digit: number) => `${prefix}-${String(digit).padStart(17, '0')}`

/* Only what a search looks at. */

function volume(digit: number, name: string, isRemoved = false, region: string = HERE): Volume {
  const volumeId = VolumeId.parse(idOf('vol', digit))
  return { volumeId, name, region: RegionName.parse(region), isRemoved } as Volume
}

function snapshot(
  digit: number,
  name: string,
  ofVolume: number,
  region: string = HERE,
  state: Snapshot['state'] = 'completed',
  ownerId = OWNER_ACCOUNT,
): Snapshot {
  const place = { region: RegionName.parse(region), ownerId }
  const snapshotId = SnapshotId.parse(idOf('snap', digit))
  const volumeId = VolumeId.parse(idOf('vol', ofVolume))
  return { snapshotId, name, volumeId, state, ...place } as Snapshot
}

const library = {
  accounts: [{ accountId: OWNER_ACCOUNT, isCurrent: true }],
  volumes: [
    volume(1, 'web'),
    volume(2, 'web', true),
    volume(3, 'old', true),
    volume(4, 'a/b'),
    volume(5, 'a'),
    volume(6, 'gone', true),
    volume(7, 'gone', true, THERE),
  ],
  snapshots: [
    snapshot(1, 'monday', 1),
    snapshot(2, 'monday', 4),
    snapshot(3, 'caf\u00e9', 1),
    snapshot(4, 'c', 4),
    snapshot(5, 'b/c', 5),
    snapshot(6, 'web/monday', 5),
    snapshot(7, 'c', 4, THERE),
    snapshot(8, 'caf\u00e9', 1, THERE),
    snapshot(9, 'yonder', 1, THERE),
    snapshot(10, 'both', 1, THERE),
    snapshot(11, 'both', 1, FAR),
    snapshot(12, 'a/b/c', 1, FAR),
    snapshot(13, 'nightly', 1, HERE, 'error'),
    snapshot(14, 'nightly', 1, HERE),
    snapshot(15, 'lost', 1, HERE, 'error'),
    snapshot(16, 'monday', 8, HERE, 'completed', OTHER),
    snapshot(18, 'snap-day', 1),
    snapshot(17, 'theirs', 8, HERE, 'completed', OTHER),
  ],
}

/** As seen from one of the three regions. */
const from = (current: string) =>
  ({
    ...library,
    regions: [HERE, THERE, FAR].map((name) => ({ name, isCurrent: name === current })),
  }) as LibraryView
const view = from(HERE)

describe('findVolume', () => {
  it('knows ids, names, and names of removed volumes that no other has', () => {
    expect(findVolume(view, idOf('vol', 2)).volumeId).toBe(VolumeId.parse(idOf('vol', 2)))
    expect(findVolume(view, ' web ').volumeId).toBe(idOf('vol', 1))
    expect(findVolume(view, 'old').volumeId).toBe(idOf('vol', 3))
    expect(() => findVolume(view, 'w')).toThrow("The volume 'w' does not exist.")
  })

  it('finds a removed one where it works first, and refuses two elsewhere', () => {
    expect(findVolume(view, 'gone').volumeId).toBe(idOf('vol', 6))
    expect(findVolume(from(THERE), 'gone').volumeId).toBe(idOf('vol', 7))
    expect(() => findVolume(from(FAR), 'gone')).toThrow(/More than one volume/)
  })
})

describe('volumeToChange', () => {
  it('goes by names only where it works, and by ids everywhere', () => {
    expect(volumeToChange(view, 'web').volumeId).toBe(idOf('vol', 1))
    expect(volumeToChange(from(THERE), idOf('vol', 1)).volumeId).toBe(idOf('vol', 1))
    expect(() => volumeToChange(from(THERE), 'web')).toThrow('volume “web” is not here: it lies in')
  })
})

describe('findSnapshot', () => {
  it('knows ids, and names in either Unicode form', () => {
    expect(findSnapshot(view, idOf('snap', 1)).snapshotId).toBe(SnapshotId.parse(idOf('snap', 1)))
    expect(findSnapshot(view, 'cafe\u0301').snapshotId).toBe(idOf('snap', 3))
    expect(() => findSnapshot(view, 'tuesday')).toThrow("The snapshot 'tuesday' does not exist.")
    expect(findSnapshot(view, 'nightly').snapshotId).toBe(idOf('snap', 14))
    expect(findSnapshot(view, 'lost').snapshotId).toBe(idOf('snap', 15))
  })

  it('refuses a name that several have, and names them', () => {
    expect(() => findSnapshot(view, 'monday')).toThrow(`${idOf('snap', 1)}, ${idOf('snap', 2)}`)
  })

  it('means one’s own before what others share', () => {
    expect(() => findSnapshot(view, 'monday')).not.toThrow(idOf('snap', 16))
    expect(findSnapshot(view, 'theirs').snapshotId).toBe(idOf('snap', 17))
  })

  it('tells them apart by their volumes', () => {
    expect(findSnapshot(view, 'a/b/monday').snapshotId).toBe(idOf('snap', 2))
    expect(findSnapshot(view, 'web/caf\u00e9').snapshotId).toBe(idOf('snap', 3))
  })

  it('prefers a whole name, and refuses where the border is not clear', () => {
    expect(findSnapshot(view, 'web/monday').snapshotId).toBe(idOf('snap', 6))
    expect(() => findSnapshot(view, 'a/b/c')).toThrow(/More than one snapshot/)
    expect(() => findSnapshot(view, 'web/tuesday')).toThrow(/^The snapshot '.+' does not exist/)
  })
  it('means the one where it works, of a snapshot and its copies', () => {
    expect(findSnapshot(view, 'c').snapshotId).toBe(idOf('snap', 4))
    expect(findSnapshot(from(THERE), 'c').snapshotId).toBe(idOf('snap', 7))
    expect(findSnapshot(view, 'web/caf\u00e9').snapshotId).toBe(idOf('snap', 3))
    expect(findSnapshot(from(THERE), 'web/caf\u00e9').snapshotId).toBe(idOf('snap', 8))
    expect(findSnapshot(from(THERE), idOf('snap', 4)).snapshotId).toBe(idOf('snap', 4))
  })

  it('looks elsewhere only for what is not there', () => {
    expect(findSnapshot(view, 'yonder').snapshotId).toBe(idOf('snap', 9))
    expect(findSnapshot(from(FAR), 'web/yonder').snapshotId).toBe(idOf('snap', 9))
    expect(findSnapshot(from(THERE), 'a/b/c').snapshotId).toBe(idOf('snap', 7))
    expect(findSnapshot(from(FAR), 'a/b/c').snapshotId).toBe(idOf('snap', 12))
    expect(() => findSnapshot(view, 'both')).toThrow(`${idOf('snap', 10)}, ${idOf('snap', 11)}`)
  })
})

describe('snapshotToChange', () => {
  it('goes by names only where it works, and by ids everywhere', () => {
    expect(snapshotToChange(from(THERE), 'c').snapshotId).toBe(idOf('snap', 7))
    expect(snapshotToChange(view, 'web/caf\u00e9').snapshotId).toBe(idOf('snap', 3))
    expect(snapshotToChange(view, idOf('snap', 9)).snapshotId).toBe(idOf('snap', 9))
    for (const text of ['yonder', 'web/yonder']) {
      expect(() => snapshotToChange(view, text)).toThrow(/is not here: it lies in “eu-west-1”/)
    }
    expect(() => snapshotToChange(view, 'tuesday')).toThrow(/does not exist/)
  })
})

describe('what begins as an id', () => {
  const codeOf = (find: () => unknown) => {
    try {
      find()
    } catch (error) {
      return (error as StrataError).code
    }
  }

  it.each(['xyz', '12', '0'.repeat(17), '0'.repeat(8), 'A'.repeat(17)])(
    'is told where it cannot be one: %s',
    (digits) => {
      expect(codeOf(() => snapshotToChange(view, `snap-${digits}`))).toBe(
        'InvalidSnapshotID.Malformed',
      )
      expect(codeOf(() => snapshotIdOf(view, `snap-${digits}`))).toBe('InvalidSnapshotID.Malformed')
      expect(codeOf(() => findVolume(view, `vol-${digits}`))).toBe('InvalidVolumeID.Malformed')
    },
  )

  it('is no malformed id where something is called that, or it could be one', () => {
    expect(findSnapshot(view, 'snap-day').snapshotId).toBe(idOf('snap', 18))
    expect(codeOf(() => findSnapshot(view, 'snap-01234567'))).toBe('InvalidSnapshot.NotFound')
    expect(codeOf(() => findVolume(view, idOf('vol', 99)))).toBe('InvalidVolume.NotFound')
    expect(snapshotIdOf(view, idOf('snap', 99))).toBe(idOf('snap', 99))
  })
})

describe('findRegion', () => {
  it('knows regions by their whole name', () => {
    expect(findRegion(view, 'mars-1').name).toBe(RegionName.parse('mars-1'))
    expect(() => findRegion(view, 'mars')).toThrow('“mars” is not a valid region name.')
  })
})
