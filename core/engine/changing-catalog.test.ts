import { describe, expect, onTestFinished, test } from 'vitest'
import type { EngineEvent } from '../contract/events.ts'
import { SnapshotId, VolumeId } from '../contract/ids.ts'
import { tempFolder } from '../testing/temp-folder.ts'
import { newId } from './ids.ts'
import { Library } from './library.ts'
import { closeLibrary, createLibrary } from './library-folder.ts'
import { snapshotFailed } from './notifications.ts'
import { volumeCreated } from './volume-notifications.ts'

/** An open library, and all that it tells. */
function open(): { library: Library; told: EngineEvent[] } {
  const told: EngineEvent[] = []
  const library = createLibrary(`${tempFolder()}/lab.strata`, {}, (event) => told.push(event))
  onTestFinished(() => closeLibrary(library))
  return { library, told }
}

const anEvent = (library: Library) =>
  volumeCreated(
    { id: newId(VolumeId, 'vol'), ownerId: library.account, region: library.region },
    1_700_000_000_000,
    '',
  )

const kept = (library: Library) => library.events.list({}, library.account)

describe('an event', () => {
  test('is kept and told with the change that it belongs to', () => {
    const { library, told } = open()
    const event = anEvent(library)
    library.change(() => library.tell(event))
    expect(kept(library)).toEqual([event])
    expect(told).toEqual([
      { kind: 'worldEvent', event },
      { kind: 'libraryChanged', revision: library.facts().revision },
    ])
  })

  test('that cannot be told leaves the change as it was made', () => {
    const failures: unknown[] = []
    const refuse = () => {
      throw new Error('nobody listens')
    }
    const { path, db } = open().library
    const library = new Library(path, db, refuse, (error) => failures.push(error))
    const event = anEvent(library)
    library.change(() => library.tell(event))
    expect(kept(library)).toEqual([event])
    expect(failures).toEqual([new Error('nobody listens'), new Error('nobody listens')])
  })

  test('goes with a change that fails, and is not told with a later one', () => {
    const { library, told } = open()
    const failing = () => {
      library.tell(anEvent(library))
      throw new Error('no')
    }
    expect(() => library.change(failing)).toThrow('no')
    library.quietly(() => {})
    expect(kept(library)).toEqual([])
    expect(told).toEqual([])
  })

  test('is not told outside a change', () => {
    const { library } = open()
    expect(() => library.tell(anEvent(library))).toThrow('An event belongs to a change')
    expect(kept(library)).toEqual([])
  })
})

describe('a failure that the disk has no room to keep', () => {
  /** Fills the catalog to its last page, which is what a full disk is to SQLite. */
  function fullLibrary(message: string | null = null) {
    const { library, told } = open()
    const id = newId(SnapshotId, 'snap')
    const volumeId = newId(VolumeId, 'vol')
    const { account: ownerId, region } = library
    library.change(() => {
      library.volumes.begin({ id: volumeId, ownerId, region })
      library.snapshots.begin({
        id,
        name: 'lost',
        description: '',
        volumeId,
        ownerId,
        region,
        copiedFrom: null,
        parentId: null,
        startedAt: 1_700_000_000_000,
        volumeSizeBytes: 1,
      })
    })
    told.length = 0
    const rows = library.snapshotRows()
    const cause = 'x'.repeat(100_000)
    const event = snapshotFailed(rows.get(id)!, rows, 1_700_000_001_000, cause)
    const pages = library.db.pragma('page_count', { simple: true })
    library.db.pragma(`max_page_count = ${pages}`)
    library.tellFailure(event, { kind: 'snapshot', id, message })
    return { library, told, id, volumeId, event }
  }

  test('hides its snapshot, and is kept with the next change', () => {
    const { library, told, id, event } = fullLibrary()
    expect(library.snapshotRows().has(id)).toBe(false)
    expect(library.snapshots.all()).toHaveLength(1)
    expect(kept(library)).toEqual([])
    expect(told).toEqual([])
    library.db.pragma('max_page_count = 1000000')
    library.quietly(() => {})
    library.quietly(() => {})
    expect(library.snapshots.all()).toEqual([])
    expect(kept(library)).toEqual([event])
    expect(told).toEqual([{ kind: 'worldEvent', event }])
  })

  test('shows why its snapshot failed, before and after it is kept', () => {
    const { library, id } = fullLibrary('No room')
    const failed = { state: 'error', stateMessage: 'No room', deletionId: null }
    expect(library.snapshotRows().get(id)).toMatchObject(failed)
    expect(library.snapshots.all()).toMatchObject([{ state: 'pending' }])
    library.db.pragma('max_page_count = 1000000')
    library.quietly(() => {})
    expect(library.snapshots.all()).toMatchObject([failed])
  })

  test('ends with the next change what was to come', () => {
    const { library, volumeId, told } = fullLibrary()
    expect(library.isComing(volumeId)).toBe(true)
    library.tellFailures([{ event: null, ended: { kind: 'volume', id: volumeId } }])
    expect(library.isComing(volumeId)).toBe(false)
    expect(library.volumes.coming()).toHaveLength(1)
    library.db.pragma('max_page_count = 1000000')
    library.quietly(() => {})
    expect(library.volumes.coming()).toEqual([])
    expect(told).toHaveLength(1)
  })

  test('waits while there is still none', () => {
    const { library, told, id } = fullLibrary()
    expect(() => library.quietly(() => {})).toThrow(expect.objectContaining({ code: 'DISK_FULL' }))
    expect(library.snapshotRows().has(id)).toBe(false)
    expect(told).toEqual([])
  })
})
