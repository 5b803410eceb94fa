import { NativeSelect, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { RegionName } from '../../core/contract/ids.ts'
import type { LibraryView, Snapshot } from '../../core/contract/model.ts'
import { MAX_NAME_LENGTH } from '../../core/contract/units.ts'
import { useApp } from '../state/context.ts'
import type { SealWish } from '../state/keys.ts'
import { namesOf } from '../state/tree.ts'
import { Words } from '../ui/Words.tsx'
import { freeName } from '../words/names.ts'
import { copyPlanWords, newRegionWords, regionProblem } from '../words/region-words.ts'
import { EncryptionFields } from './EncryptionFields.tsx'
import { RegionNameInput } from './RegionNameInput.tsx'
import { Sheet } from './Sheet.tsx'

/** No region can be called that. */
const NEW = '+'

/** Where a copy of a snapshot goes, what it is called, and what would move. */
export function CopyDialog({ library, source }: { library: LibraryView; source: Snapshot }) {
  const copy = useApp((state) => state.copySnapshot)
  const planCopy = useApp((state) => state.planCopy)
  const regions = inOrderOf(source, library)
  const [choice, setChoice] = useState<string>(regions.find((r) => r !== source.region) ?? NEW)
  const [added, setAdded] = useState('')
  const [typed, setTyped] = useState<string | null>(null)
  const [seal, setSeal] = useState<SealWish>({})
  const isNew = choice === NEW
  const region = isNew ? added : choice
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
  const isRegion = !isNew || regionProblem(added, library.regions) === null
  return (
    <Sheet
      canSubmit={isRegion && name.trim() !== '' && problem === null}
      onSubmit={() => void copy(source, { region, isNew }, name.trim(), seal)}
      submit="Copy"
      title={`Copy ${source.name} to a region`}
    >
      <NativeSelect
        data={[
          ...regions.map((value) => ({
            value,
            label: value === source.region ? `${value}, its own region` : value,
          })),
          { value: NEW, label: 'A new region…' },
        ]}
        label="Region"
        onChange={(event) => {
          setChoice(event.currentTarget.value)
          // A key belongs to one region.
          setSeal(seal.encrypted === true ? { encrypted: true } : {})
        }}
        value={choice}
      />
      {isNew && <RegionNameInput library={library} name={added} onName={setAdded} />}
      <TextInput
        error={problem}
        label="Name of the copy"
        maxLength={MAX_NAME_LENGTH}
        onChange={(event) => setTyped(event.currentTarget.value)}
        value={name}
      />
      <EncryptionFields
        keepsKey={false}
        onWish={setSeal}
        region={region as RegionName}
        source={source}
        wish={seal}
      />
      {isNew ? (
        <p className="copy-plan">{isRegion && <Words>{newRegionWords(source, added)}</Words>}</p>
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

/** Its own region last: a copy there moves nothing, and is rarely what is meant. */
function inOrderOf(source: Snapshot, { regions }: LibraryView): readonly string[] {
  const names = regions.map(({ name }) => name)
  return [...names.filter((name) => name !== source.region), source.region]
}
