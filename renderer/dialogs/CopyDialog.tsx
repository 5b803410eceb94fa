import { useEffect, useState } from 'react'
import type { RegionName } from '../../core/contract/ids.ts'
import type { LibraryView, Snapshot } from '../../core/contract/model.ts'
import { useApp } from '../state/context.ts'
import { namesOf } from '../state/tree.ts'
import { Words } from '../ui/Words.tsx'
import { freeName } from '../words/names.ts'
import { copyPlanWords, newRegionWords } from '../words/region-words.ts'
import { DestinationFields, useDestination } from './Destination.tsx'
import { EncryptionFields } from './EncryptionFields.tsx'
import { NameInput } from './NameInput.tsx'
import { Sheet } from './Sheet.tsx'

/** Where a copy of a snapshot goes, what it is called, and what would move. */
export function CopyDialog({ library, source }: { library: LibraryView; source: Snapshot }) {
  const copy = useApp((state) => state.copySnapshot)
  const planCopy = useApp((state) => state.planCopy)
  const destination = useDestination(library, source.region)
  const { choice, isNew, region, isRegion, seal, setSeal } = destination
  const [typed, setTyped] = useState<string | null>(null)
  const known = library.regions.find((r) => r.name === choice)?.name
  useEffect(() => {
    if (known !== undefined) void planCopy(source.snapshotId, known, seal)
  }, [planCopy, source.snapshotId, known, seal])
  const taken = library.snapshots.filter(
    (s) => s.volumeId === source.volumeId && s.region === region,
  )
  const names = taken.map((s) => s.name)
  const name = typed ?? freeName(source.name, names)
  const problem = names.includes(name.trim()) ? 'Another snapshot has that name there.' : null
  return (
    <Sheet
      canSubmit={isRegion && name.trim() !== '' && problem === null}
      onSubmit={() => void copy(source, { region, isNew }, name.trim(), seal)}
      submit="Copy"
      title={`Copy ${source.name} to a region`}
    >
      <DestinationFields destination={destination} library={library} ownRegion={source.region} />
      <NameInput error={problem} label="Name of the copy" name={name} onName={setTyped} />
      <EncryptionFields
        keepsKey={false}
        onWish={setSeal}
        region={region as RegionName}
        source={source}
        wish={seal}
      />
      {isNew ? (
        <p className="copy-plan">{isRegion && <Words>{newRegionWords(source, region)}</Words>}</p>
      ) : (
        <PlanOf library={library} region={choice} source={source} />
      )}
    </Sheet>
  )
}

type PlanProps = { library: LibraryView; source: Snapshot; region: string }

/** What the engine says would move, before anything does. */
function PlanOf({ library, source, region }: PlanProps) {
  const question = useApp((state) => state.copyQuestion)
  const isAbout =
    question.step !== 'none' &&
    question.snapshotId === source.snapshotId &&
    question.region === region
  if (!isAbout || question.step === 'asking') {
    return <p className="sec copy-plan">Working out what would move…</p>
  }
  if (question.step === 'failed') {
    return (
      <p className="is-dangerous copy-plan" role="alert">
        {question.error.message} {question.error.remedy}
      </p>
    )
  }
  const { baseId } = question.plan
  const baseName = baseId === null ? '' : namesOf(library, [baseId]).join()
  return (
    <p aria-live="polite" className="copy-plan">
      <Words>{copyPlanWords(source, region, question.plan, baseName)}</Words>
    </p>
  )
}
