import { useEffect } from 'react'
import { useShallow } from 'zustand/react/shallow'
import type { SnapshotId } from '../../core/contract/ids.ts'
import type { LibraryView } from '../../core/contract/model.ts'
import { isForeign } from '../state/accounts.ts'
import { useApp } from '../state/context.ts'
import { shownImage, shownInstance } from '../state/images.ts'
import { inspectedOf } from '../state/inspected.ts'
import { snapshotById } from '../state/tree.ts'
import { ImageFacts } from './ImageFacts.tsx'
import { InstanceFacts } from './InstanceFacts.tsx'
import { ManyFacts } from './ManyFacts.tsx'
import { RemnantFacts } from './RemnantFacts.tsx'
import { SnapshotFacts } from './SnapshotFacts.tsx'
import { UnfinishedFacts } from './UnfinishedFacts.tsx'
import { VolumeFacts } from './VolumeFacts.tsx'
import './inspector.css'

/** A pointer that only passes by asks the engine nothing. */
const ASK_AFTER_MS = 60

/** What is known of what is pointed at or chosen, in figures and in sentences. */
export function Inspector() {
  const inspected = useApp(useShallow(inspectedOf))
  useExplanations()
  return (
    <aside aria-label="Inspector" className="inspector" data-region="inspector">
      <Facts inspected={inspected} />
    </aside>
  )
}

function Facts({ inspected }: { inspected: ReturnType<typeof inspectedOf> }) {
  const library = useApp((state) => state.library)
  if (library === null) return null
  switch (inspected.kind) {
    case 'nothing':
      return <NothingChosen library={library} />
    case 'many': {
      const living = inspected.snapshotIds.filter((id) => snapshotById(library, id) !== undefined)
      if (living.length > 1) return <ManyFacts ids={living} library={library} />
      // Remnants have no figures to add up: the one snapshot among them counts, or the last.
      const snapshotId = living[0] ?? inspected.snapshotIds.at(-1)
      return (
        snapshotId && <OneFacts isPointedAt={false} library={library} snapshotId={snapshotId} />
      )
    }
    case 'one':
      return <OneFacts {...inspected} library={library} />
  }
}

/** The image or the instance that was gone to, else the volume. */
function NothingChosen({ library }: { library: LibraryView }) {
  const image = useApp(shownImage)
  const instance = useApp(shownInstance)
  if (image !== undefined) return <ImageFacts image={image} library={library} />
  if (instance !== undefined) return <InstanceFacts instance={instance} library={library} />
  return <VolumeFacts library={library} />
}

type OneProps = { library: LibraryView; snapshotId: SnapshotId; isPointedAt: boolean }

function OneFacts({ library, snapshotId, isPointedAt }: OneProps) {
  const snapshot = snapshotById(library, snapshotId)
  if (snapshot !== undefined && snapshot.state !== 'completed') {
    return <UnfinishedFacts isPointedAt={isPointedAt} library={library} snapshot={snapshot} />
  }
  if (snapshot !== undefined) {
    return <SnapshotFacts isPointedAt={isPointedAt} library={library} snapshot={snapshot} />
  }
  const remnant = library.remnants.find((r) => r.snapshotId === snapshotId)
  return remnant === undefined ? null : <RemnantFacts library={library} remnant={remnant} />
}

/** Asks for the sentences when what is inspected changes, or the library under it. */
function useExplanations(): void {
  const explain = useApp((state) => state.explain)
  const revision = useApp((state) => state.library?.revision)
  const ids = useApp(
    useShallow((state) => {
      const inspected = inspectedOf(state)
      if (inspected.kind === 'nothing') return []
      const wanted = inspected.kind === 'one' ? [inspected.snapshotId] : inspected.snapshotIds
      return wanted.filter((id) => {
        const snapshot = snapshotById(state.library, id)
        return snapshot?.state === 'completed' && !isForeign(state.library, snapshot)
      })
    }),
  )
  useEffect(() => {
    const timer = setTimeout(() => void explain(ids), ASK_AFTER_MS)
    return () => clearTimeout(timer)
  }, [explain, ids, revision])
}
