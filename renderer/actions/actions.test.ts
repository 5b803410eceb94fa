import { beforeEach, expect, it, vi } from 'vitest'
import { AccountId } from '../../core/contract/account.ts'
import type { Image } from '../../core/contract/image.ts'
import type { LibraryView, Snapshot } from '../../core/contract/model.ts'
import type { Tiering } from '../../core/contract/tiering.ts'
import { deletionId, id, library, web } from '../state/library-example.ts'
import { storeExample } from '../state/world-example.ts'
import { whyOffOf } from './action.ts'
import { actionById, actions, runAction } from './all.ts'
import { followKeys } from './keyboard.ts'
import { reportActions } from './report.ts'
import { actionOfKey, shortcutKeys } from './shortcut.ts'

const noFastRestore = {
  zone: 'locala',
  reason: '',
  enablingAt: 0,
  optimizingAt: null,
  enabledAt: null,
  disablingAt: null,
  disabledAt: null,
  nextStateAt: null,
  credits: 0,
  countedAt: 0,
  maxCredits: 10,
  creditsPerHour: 10,
}

const pressed = (key: string, mods: Partial<KeyboardEvent> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...mods,
})

beforeEach(() => {
  document.body.innerHTML = ''
})

it('no two actions have one id or one shortcut', () => {
  expect(new Set(actions.map((a) => a.id)).size).toBe(actions.length)
  const keys = actions.flatMap((a) => a.shortcut ?? [])
  expect(new Set(keys).size).toBe(keys.length)
})

it('a shortcut is found by its keys, and by nothing else', () => {
  const find = (p: ReturnType<typeof pressed>, isMac = false) => actionOfKey(actions, p, isMac)?.id
  expect(find(pressed('z', { ctrlKey: true }))).toBe('undo')
  expect(find(pressed('z', { metaKey: true }), true)).toBe('undo')
  expect(find(pressed('z', { metaKey: true }))).toBeUndefined()
  expect(find(pressed('N', { ctrlKey: true, shiftKey: true }))).toBe('library.new')
  expect(find(pressed('?', { shiftKey: true }))).toBe('help.shortcuts')
  expect(find(pressed('s'))).toBe('snapshot.take')
  expect(find(pressed('s', { altKey: true }))).toBeUndefined()
  expect(shortcutKeys('CmdOrCtrl+Shift+N', true)).toEqual(['⌘', '⇧', 'N'])
})

it('what cannot run is off, and named by what it would act on', () => {
  const store = storeExample()
  const titleOf = (actionId: string) => actionById(actionId).title(store.getState())
  expect(runAction('deletion.preview', store.getState())).toBe(false)
  expect(runAction('undo', store.getState())).toBe(false)
  expect(actionById('snapshot.takeFrom').isEnabled(store.getState())).toBe(false)

  const gone = { snapshotIds: [id('b')], names: ['B'], deletedAt: 0, releasedBytes: 0 }
  const deletions = [{ ...gone, deletionId, undoableUntil: 1 }]
  store.setState({ library: library({ deletions }), selection: [id('a')] })
  expect(titleOf('undo')).toBe('Undo delete B')
  expect(titleOf('deletion.preview')).toBe('Preview delete of A')
  expect(titleOf('snapshot.rename')).toBe('Rename A…')
})

it('what is another account’s is not deleted, and read only where it is shared, and that is said', () => {
  const store = storeExample()
  const whyOff = (actionId: string) => whyOffOf(actionById(actionId), store.getState())
  const look = (given: Partial<Snapshot>) => {
    const [a, ...others] = library().snapshots
    store.setState({ library: library({ snapshots: [{ ...a!, ...given }, ...others] }) })
    store.setState({ selection: [id('a')] })
    const isOn = (actionId: string) => actionById(actionId).isEnabled(store.getState())
    return ['deletion.preview', 'snapshot.restore', 'snapshot.toVolume'].map(isOn)
  }
  expect(look({})).toEqual([true, true, true])
  expect(whyOff('snapshot.restore')).toBeNull()
  const ownerId = AccountId.parse('444455556666')
  expect(look({ ownerId })).toEqual([false, true, true])
  expect(whyOff('deletion.preview')).toBe('A belongs to account 444455556666')
  expect(look({ ownerId, isPublic: true, hasDirectReads: false })).toEqual([false, false, true])
  expect(whyOff('snapshot.restore')).toMatch(/^A is only public: volumes and copies can be made/)
  const archived = { tiering: { tier: 'archive' } } as Partial<Snapshot>
  expect(look(archived)).toEqual([true, false, false])
  for (const made of ['toVolume', 'copy', 'share', 'fastRestore']) {
    expect(whyOff(`snapshot.${made}`)).toMatch(/^A is archived/)
  }
  const forDays = { tiering: { tier: 'standard', restoreExpiresAt: 60_000 } } as Partial<Snapshot>
  expect(look(forDays)).toEqual([true, true, true])
  expect(whyOff('machine.register')).toMatch(/^A is restored from the archive until .* for good/)
})

it('what the archive has is restored from it, for days too; what it cannot take is not archived', () => {
  const store = storeExample()
  const look = (given: Partial<Snapshot>, images: LibraryView['images'] = []) => {
    const [a, ...others] = library().snapshots
    store.setState({ library: library({ snapshots: [{ ...a!, ...given }, ...others], images }) })
    store.setState({ selection: [id('a')] })
    const isOn = (actionId: string) => actionById(actionId).isEnabled(store.getState())
    return ['snapshot.archive', 'snapshot.restoreTier', 'snapshot.share'].map(isOn)
  }
  const whyOff = (actionId: string) => whyOffOf(actionById(actionId), store.getState())
  const at = (tier: Tiering['tier'], restoreExpiresAt: number | null): Partial<Snapshot> => ({
    tiering: {
      ...{ tier, restoreExpiresAt, archivedAt: 0, archivedBytes: 1, startedAt: 0 },
      status: 'archival-completed',
    },
  })
  expect(look({})).toEqual([true, false, true])
  expect(look(at('archive', null))).toEqual([false, true, false])
  expect(look({ ...at('archive', null), isPublic: true })).toEqual([false, true, true])
  expect(look(at('standard', 60_000))).toEqual([false, true, true])
  expect(whyOff('snapshot.archive')).toMatch(/^The archive has A already: .* until .* only$/)
  const golden = { name: 'golden', mappings: [{ snapshotId: id('a') }] } as Partial<Image>
  expect(look({}, [golden as Image])).toEqual([false, false, true])
  expect(whyOff('snapshot.archive')).toBe('A is kept by image golden: deregister it first')
})

it('what is pending is tagged and locked already; what failed or is to go is not locked', () => {
  const store = storeExample()
  const look = (given: Partial<Snapshot>) => {
    const [a, ...others] = library().snapshots
    store.setState({ library: library({ snapshots: [{ ...a!, ...given }, ...others] }) })
    store.setState({ selection: [id('a')] })
    return ['tags', 'lock', 'unlock', 'archive'].filter((verb) =>
      actionById(`snapshot.${verb}`).isEnabled(store.getState()),
    )
  }
  const times = { lockedAt: 0, startsAt: null, expiresAt: null, coolOffUntil: null }
  const lock = { mode: 'governance', ...times } as const
  expect(look({ state: 'pending' })).toEqual(['tags', 'lock'])
  expect(look({ state: 'pending', lock })).toEqual(['tags', 'lock', 'unlock'])
  expect(look({ state: 'pending', isToBeDeleted: true })).toEqual(['tags'])
  expect(look({ state: 'error' })).toEqual(['tags'])
})

it('nothing is done to a volume that goes as soon as its snapshots are complete', () => {
  const store = storeExample()
  const isOn = () => actionById('snapshot.take').isEnabled(store.getState())
  expect(isOn()).toBe(true)
  store.setState({ library: library({ volumes: [{ ...web, isToBeRemoved: true }] }) })
  expect(isOn()).toBe(false)
  expect(actionById('volume.remove').isEnabled(store.getState())).toBe(false)
})

it('fast restore is switched on or off, whichever it is not', async () => {
  const setFastRestore = vi.fn().mockResolvedValue({})
  const store = storeExample({ setFastRestore })
  store.setState({ selection: [id('a')] })
  const titleNow = () => actionById('snapshot.fastRestore').title(store.getState())
  expect(titleNow()).toBe('Switch fast restore of A on')
  runAction('snapshot.fastRestore', store.getState())
  expect(setFastRestore).toHaveBeenLastCalledWith({ snapshotId: id('a'), isOn: true })

  const fast = { ...noFastRestore, snapshotId: id('a'), state: 'optimizing' } as const
  store.setState({ library: library({ fastRestores: [fast] }) })
  expect(titleNow()).toBe('Switch fast restore of A off')
  runAction('snapshot.fastRestore', store.getState())
  expect(setFastRestore).toHaveBeenLastCalledWith({ snapshotId: id('a'), isOn: false })
})

it('a key runs its action once, and never while someone types', async () => {
  const takeSnapshot = vi.fn().mockResolvedValue({})
  const store = storeExample({ takeSnapshot })
  const stop = followKeys(store, false)
  const press = (target: EventTarget, key: string) => {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
    target.dispatchEvent(event)
    return event.defaultPrevented
  }
  const field = document.body.appendChild(document.createElement('input'))
  expect(press(field, 's')).toBe(false)
  expect(press(document.body, 's')).toBe(true)
  stop()
  press(document.body, 's')
  expect(takeSnapshot).toHaveBeenCalledTimes(1)
})

it('Escape leaves the preview before it drops the selection', () => {
  const store = storeExample()
  const stop = followKeys(store, false)
  const pressEscape = () =>
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))
  store.setState({
    selection: [id('b')],
    deletion: { step: 'planning', snapshotIds: [id('b')] },
  })
  pressEscape()
  expect(store.getState()).toMatchObject({ deletion: { step: 'none' }, selection: [id('b')] })
  pressEscape()
  expect(store.getState().selection).toEqual([])
  stop()
})

it('F6 walks the parts of the window, those without controls too, and back', () => {
  document.body.innerHTML = `
    <header data-region="toolbar"><button>Take</button></header>
    <main data-region="lanes"><div tabindex="0">A</div></main>
    <footer data-region="status">stored</footer>`
  const stop = followKeys(storeExample(), false)
  const press = (shiftKey: boolean) => {
    const event = new KeyboardEvent('keydown', { key: 'F6', shiftKey, bubbles: true })
    document.activeElement?.dispatchEvent(event)
    return document.activeElement?.textContent
  }
  const forward = [press(false), press(false), press(false), press(false)]
  expect(forward).toEqual(['Take', 'A', 'stored', 'Take'])
  expect([press(true), press(true)]).toEqual(['stored', 'A'])
  stop()
})

it('reports to the menu what changed, in words that fit the contract', async () => {
  const report = vi.fn().mockResolvedValue({})
  const store = storeExample({}, { reportActions: report })
  const stop = reportActions(store)
  expect(report).toHaveBeenCalledTimes(1)
  store.setState({ hoverId: id('a') })
  expect(report).toHaveBeenCalledTimes(1)
  store.setState({ library: library({ volumes: [{ ...web, name: 'x'.repeat(255) }] }) })
  expect(report).toHaveBeenCalledTimes(2)
  const [{ actions: told }] = report.mock.lastCall as [{ actions: { title: string }[] }]
  expect(Math.max(...told.map((a) => a.title.length))).toBe(120)
  stop()
})
