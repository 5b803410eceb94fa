import { useEffect } from 'react'
import { Dialogs } from './dialogs/Dialogs.tsx'
import { DropOverlay } from './drop/DropOverlay.tsx'
import { Inspector } from './inspector/Inspector.tsx'
import { Centre } from './panels/Centre.tsx'
import { EmptyLibrary } from './panels/EmptyLibrary.tsx'
import { NoLibrary } from './panels/NoLibrary.tsx'
import { Palette } from './panels/Palette.tsx'
import { StatusBar } from './panels/StatusBar.tsx'
import { Toolbar } from './panels/Toolbar.tsx'
import { VolumeList } from './panels/VolumeList.tsx'
import { useApp } from './state/context.ts'
import { isPanelOpen } from './state/view.ts'
import { LiveRegion } from './ui/LiveRegion.tsx'
import { Toaster } from './ui/Toaster.tsx'
import './app.css'

/** Three columns with a dock, and whatever stands in front of them. */
export function App() {
  useWindowWidth()
  useReadiness()
  const library = useApp((state) => state.library)
  const volumeId = useApp((state) => state.volumeId)
  const hasVolumes = useApp((state) => isPanelOpen(state, 'volumes'))
  const wantsInspector = useApp((state) => isPanelOpen(state, 'inspector'))
  const isEmpty = library !== null && library.volumes.length === 0
  const hasInspector = wantsInspector && library !== null && !isEmpty
  return (
    <>
      <div
        className="app"
        data-inspector={hasInspector || undefined}
        data-volumes={hasVolumes || undefined}
      >
        <Toolbar />
        {hasVolumes && <VolumeList />}
        {library === null && <NoLibrary />}
        {isEmpty && (
          <main className="centre" data-region="lanes">
            <EmptyLibrary />
          </main>
        )}
        {library !== null && volumeId !== null && !isEmpty && (
          <Centre library={library} volumeId={volumeId} />
        )}
        {hasInspector && <Inspector />}
        <StatusBar />
      </div>
      <Dialogs />
      <Palette />
      <DropOverlay />
      <Toaster />
      <LiveRegion />
    </>
  )
}

/** Panels close by themselves in a narrow window. */
function useWindowWidth(): void {
  const setWidth = useApp((state) => state.setWidth)
  useEffect(() => {
    const tell = () => setWidth(window.innerWidth)
    tell()
    window.addEventListener('resize', tell)
    return () => window.removeEventListener('resize', tell)
  }, [setWidth])
}

/** Whoever takes a picture of the window waits for this mark: cells, or that there are none. */
function useReadiness(): void {
  const isReady = useApp(({ isDrawn, library }) => isDrawn || library?.volumes.length === 0)
  useEffect(() => {
    if (!isReady) return
    // Two frames: one to lay out, one that is on the screen.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        document.documentElement.dataset.ready = 'true'
      }),
    )
  }, [isReady])
}
