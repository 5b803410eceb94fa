import { useEffect, useState } from 'react'
import type { RegionName } from '../../core/contract/ids.ts'
import type { LibraryView, Snapshot } from '../../core/contract/model.ts'
import type { WireError } from '../../core/contract/wire-error.ts'
import { useApp } from '../state/context.ts'
import type { CopyQuestion } from '../state/regions.ts'
import { namesOf } from '../state/tree.ts'
import { Words } from '../ui/Words.tsx'
import { freeName } from '../words/names.ts'
import {
  copyPlanWords,
  durationIn,
  firstCopyRate,
  newRegionWords,
  rateWords,
} from '../words/region-words.ts'
import { DestinationFields, useDestination } from './Destination.tsx'
import { DurationInput } from './DurationInput.tsx'
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
  const [typedMinutes, setTypedMinutes] = useState('')
  const minutes = durationIn(typedMinutes)
  const completionMinutes = minutes ?? undefined
  const known = library.regions.find((r) => r.name === choice)?.name
  useEffect(() => {
    if (known === undefined) return
    void planCopy(source.snapshotId, known, { ...seal, completionMinutes })
  }, [planCopy, source.snapshotId, known, seal, completionMinutes])
  const question = useQuestion(source, choice)
  const rate =
    completionMinutes && (isNew ? firstCopyRate(source, completionMinutes) : rateOf(question))
  const tooFast = typeof rate === 'object' ? rate : null
  const taken = library.snapshots.filter(
    (s) => s.volumeId === source.volumeId && s.region === region,
  )
  const names = taken.map((s) => s.name)
  const name = typed ?? freeName(source.name, names)
  const problem = names.includes(name.trim()) ? 'Another snapshot has that name there.' : null
  return (
    <Sheet
      canSubmit={
        isRegion && name.trim() !== '' && problem === null && minutes !== null && tooFast === null
      }
      onSubmit={() =>
        void copy(source, { region, isNew }, name.trim(), { ...seal, completionMinutes })
      }
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
      <DurationInput
        onTyped={setTypedMinutes}
        problem={
          minutes === null ? 'No copy can be asked for in that time.' : tooFast && saidOf(tooFast)
        }
        rate={typeof rate === 'number' ? rateWords(rate) : null}
        typed={typedMinutes}
      />
      {isNew ? (
        <p className="copy-plan">{isRegion && <Words>{newRegionWords(source, region)}</Words>}</p>
      ) : (
        <PlanOf library={library} question={question} region={choice} source={source} />
      )}
    </Sheet>
  )
}

/** What the engine was asked about that copy. */
function useQuestion(source: Snapshot, region: string): CopyQuestion {
  const question = useApp((state) => state.copyQuestion)
  const isAbout =
    question.step !== 'none' &&
    question.snapshotId === source.snapshotId &&
    question.region === region
  return isAbout ? question : { step: 'none' }
}

/** How fast it has to be, or why it cannot be so fast; null: not known, or nothing asks for it. */
function rateOf(question: CopyQuestion): number | WireError | null {
  return question.step === 'planned' ? question.plan.mibPerSecond : tooFastIn(question)
}

function tooFastIn(question: CopyQuestion): WireError | null {
  if (question.step !== 'failed' || question.error.code !== 'COPY_TOO_FAST') return null
  return question.error
}

const saidOf = ({ message, remedy }: WireError) => `${message} ${remedy}`

type PlanProps = { library: LibraryView; source: Snapshot; region: string; question: CopyQuestion }

/** What the engine says would move, before anything does. */
function PlanOf({ library, source, region, question }: PlanProps) {
  if (question.step === 'none' || question.step === 'asking') {
    return <p className="sec copy-plan">Working out what would move…</p>
  }
  if (tooFastIn(question) !== null) return <p className="copy-plan" />
  if (question.step === 'failed') {
    return (
      <p className="is-dangerous copy-plan" role="alert">
        {saidOf(question.error)}
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
