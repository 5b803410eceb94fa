import type { EngineEvent } from '../../core/contract/events.ts'
import type { Job } from '../../core/contract/jobs.ts'
import type { OfferedFile, ShellEvent } from '../../core/contract/shell.ts'
import type { WireError } from '../../core/contract/wire-error.ts'
import type { AppStore } from './store.ts'

type Told = {
  onEvent: (listener: (event: EngineEvent) => void) => () => void
  onShellEvent: (listener: (event: ShellEvent) => void) => () => void
}

/**
 * The only place where facts enter the window: asks for them once, and again whenever the engine
 * tells that they changed.
 *
 * @param runAction runs what a menu item stands for
 * @returns a function that stops listening
 */
export function followEngine(
  told: Told,
  store: AppStore,
  runAction: (id: string) => void,
): () => void {
  /** @param isTime by the clock alone a plan can be refused or come to be allowed */
  const refresh = async (isTime = false) => {
    const { refreshLibrary, refreshKeys, previewDeletion } = store.getState()
    void refreshKeys()
    await refreshLibrary()
    // A preview that quotes an older revision would be refused: ask again.
    const { deletion, library, closeDeletion } = store.getState()
    if (deletion.step !== 'preview') return
    if (!isTime && deletion.plan.revision === library?.revision) return
    const living = new Set(library?.snapshots.map((s) => s.snapshotId))
    const doomed = deletion.plan.snapshotIds.filter((id) => living.has(id))
    if (doomed.length > 0) await previewDeletion(doomed)
    else closeDeletion()
  }

  const receive = async (files: readonly OfferedFile[]) => {
    // Files of a command line can come while their library is still being read.
    await whenLibraryIsKnown(store)
    await store.getState().receiveOffered(files)
  }

  const tellError = ({ code, message, remedy }: WireError, actionId?: string) =>
    store.getState().tell({ kind: 'failed', title: message, body: remedy, code, actionId })

  let isRefusedBeside = false
  const stopEngine = told.onEvent((event) => {
    switch (event.kind) {
      case 'libraryChanged':
        void refresh()
        return
      case 'momentPassed':
        void refresh(true)
        return
      case 'job':
        store.getState().noteJob(event.job)
        followLoad(store, event.job)
        return
      case 'worldEvent':
        store.getState().noteWorldEvent(event.event)
        return
      default:
        event satisfies never
    }
  })
  const stopShell = told.onShellEvent((event) => {
    switch (event.kind) {
      case 'action':
        runAction(event.id)
        return
      case 'libraryOpened':
        // One that was refused at the start is told beside the one that is opened instead.
        if (isRefusedBeside) store.getState().dismissOffers('library.open')
        startOver(store)
        return
      case 'filesOffered':
        void receive(event.files)
        return
      case 'libraryFailed':
        // What is open stays open, with all that is being done in it.
        isRefusedBeside = store.getState().library !== null
        store.getState().dismissOffers('library.open')
        tellError(event, 'library.open')
        return
      case 'engineFailed':
        tellError(event)
        startOver(store)
        return
      default:
        event satisfies never
    }
  })
  // What became of linked files meanwhile is only learnt by asking.
  const onReturn = () => void refresh()
  window.addEventListener('focus', onReturn)
  startOver(store)
  return () => {
    stopEngine()
    stopShell()
    window.removeEventListener('focus', onReturn)
  }
}

/** While it loads, of the volume that is shown: nothing else draws it. Where it failed, of any. */
function followLoad(store: AppStore, { kind, state, volumeId }: Job): void {
  const { followLoad, volumeId: shownId } = store.getState()
  const isShown = volumeId === shownId
  if (kind !== 'load' || volumeId === null) return
  if (state === 'failed' || (isShown && state === 'running')) void followLoad(volumeId)
}

/** Until there is a library or an error: an answer that another question overtakes says neither. */
function whenLibraryIsKnown(store: AppStore): Promise<void> {
  const isKnown = () => {
    const { library, libraryError } = store.getState()
    return library !== null || libraryError !== null
  }
  return new Promise((resolve) => {
    if (isKnown()) return resolve()
    const stop = store.subscribe(() => {
      if (!isKnown()) return
      stop()
      resolve()
    })
  })
}

function startOver(store: AppStore): void {
  const { forgetLibrary, forgetWorldEvents, closeDeletion, dismissUndo, openDialog } =
    store.getState()
  closeDeletion()
  dismissUndo()
  openDialog({ kind: 'none' })
  forgetLibrary()
  forgetWorldEvents()
  store.setState({ selection: [], hoverId: null, insight: null, history: null, verifyReport: null })
  store.setState({ keys: null, costs: null })
  void store.getState().refreshLibrary()
  void store.getState().refreshKeys()
  void store.getState().refreshJobs()
  void store.getState().refreshShell()
}
