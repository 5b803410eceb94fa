import { Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { LibraryView } from '../../core/contract/model.ts'
import {
  MAX_POLICY_TEXT_LENGTH,
  MAX_SCHEDULES,
  type Policy,
  type Retention,
} from '../../core/contract/policy.ts'
import type { WireError } from '../../core/contract/wire-error.ts'
import { useApp } from '../state/context.ts'
import { Button } from '../ui/Button.tsx'
import { joinNames } from '../words/names.ts'
import { targetNames } from '../words/policy-words.ts'
import { draftOf, newDraft, type ScheduleDraft, scheduleOf } from '../words/schedule-draft.ts'
import { linesOf, tagsIn } from '../words/tag-words.ts'
import './policies.css'
import { ScheduleFields } from './ScheduleFields.tsx'
import { Sheet } from './Sheet.tsx'

const KINDS = [
  { value: 'count', label: 'By number: the newest of each schedule stay' },
  { value: 'age', label: 'By age: what is too old goes, but for the newest' },
]

/** What a policy is about, when it takes and what it keeps. */
export function PolicyForm({ library, policy }: { library: LibraryView; policy: Policy | null }) {
  const keep = useApp((state) => state.keepPolicy)
  const [description, setDescription] = useState(policy?.description ?? '')
  const [typedTags, setTypedTags] = useState(linesOf(policy?.targetTags ?? []))
  const [kind, setKind] = useState<Retention['kind']>(
    policy?.schedules[0]?.retention.kind ?? 'count',
  )
  const [drafts, setDrafts] = useState<readonly ScheduleDraft[]>(
    policy?.schedules.map(draftOf) ?? [newDraft(0)],
  )
  const [copies, setCopies] = useState<boolean | null>(null)
  const copying = drafts.filter(({ before }) => copies ?? before?.copiesTags ?? false)
  const [refusal, setRefusal] = useState<WireError | null>(null)
  const [isAsking, setAsking] = useState(false)
  const given = policy?.schedules[0]?.tags ?? []
  const [typedGiven, setTypedGiven] = useState(linesOf(given))
  const tags = tagsIn(typedTags)
  const ownTags = tagsIn(typedGiven)
  const region = policy?.region ?? library.regions.find(({ isCurrent }) => isCurrent)?.name ?? ''
  const isSame = typedGiven === linesOf(given)
  const whole = drafts.flatMap((draft) => {
    if (typeof ownTags === 'string') return []
    // What differs from schedule to schedule stays as it is, unless it is given anew.
    const tags = isSame && draft.before !== null ? null : ownTags
    return scheduleOf(draft, kind, { copiesTags: copies, tags }) ?? []
  })
  const hasTwins = new Set(drafts.map(({ name }) => name.trim())).size < drafts.length
  const canSubmit =
    description.trim() !== '' &&
    typeof tags !== 'string' &&
    tags.length > 0 &&
    whole.length === drafts.length &&
    !hasTwins &&
    !isAsking
  const change = (draft: ScheduleDraft) =>
    setDrafts(drafts.map((each) => (each.id === draft.id ? draft : each)))
  const submit = async () => {
    if (typeof tags === 'string') return
    setAsking(true)
    const wish = { description: description.trim(), targetTags: tags, schedules: whole }
    setRefusal(await keep(policy?.policyId ?? null, wish))
    setAsking(false)
  }
  return (
    <Sheet
      canSubmit={canSubmit}
      onSubmit={() => void submit()}
      size={560}
      staysOpen
      submit={policy === null ? 'Make and preview' : 'Change and preview'}
      title={policy === null ? 'New life-cycle policy' : `Change ${policy.description}`}
    >
      {policy !== null && policy.state !== 'disabled' && (
        <p className="sec">A changed policy is off until what it would do has been seen.</p>
      )}
      <TextInput
        data-autofocus
        label="Name"
        maxLength={MAX_POLICY_TEXT_LENGTH}
        onChange={(event) => setDescription(event.currentTarget.value)}
        placeholder="nightly"
        value={description}
      />
      <Textarea
        autosize
        description={
          typeof tags === 'string' || tags.length === 0
            ? 'One a line, as in Backup=yes'
            : volumesWords(targetNames(library, region, tags), region)
        }
        error={typeof tags === 'string' ? tags : null}
        label="Volumes with one of these tags"
        maxRows={4}
        minRows={1}
        onChange={(event) => setTypedTags(event.currentTarget.value)}
        placeholder="Backup=yes"
        spellCheck={false}
        value={typedTags}
      />
      <NativeSelect
        data={KINDS}
        description={policy !== null && 'That cannot be changed: make another policy for it.'}
        disabled={policy !== null}
        label="Which snapshots stay"
        onChange={(event) => setKind(event.currentTarget.value === 'age' ? 'age' : 'count')}
        value={kind}
      />
      {drafts.map((draft) => (
        <ScheduleFields
          draft={draft}
          hasTwin={drafts.some((o) => o.id !== draft.id && o.name.trim() === draft.name.trim())}
          key={draft.id}
          kind={kind}
          onChange={change}
          onRemove={
            drafts.length === 1 ? null : () => setDrafts(drafts.filter((o) => o.id !== draft.id))
          }
        />
      ))}
      {drafts.length < MAX_SCHEDULES && (
        <div>
          <Button onClick={() => setDrafts([...drafts, newDraft(nextId(drafts))])}>
            Add schedule
          </Button>
        </div>
      )}
      <Checkbox
        checked={copying.length === drafts.length}
        indeterminate={copying.length > 0 && copying.length < drafts.length}
        label="Snapshots get the tags of their volume"
        onChange={(event) => setCopies(event.currentTarget.checked)}
      />
      <Textarea
        autosize
        description="One a line; none are needed"
        error={typeof ownTags === 'string' ? ownTags : null}
        label="Other tags for its snapshots"
        maxRows={4}
        minRows={1}
        onChange={(event) => setTypedGiven(event.currentTarget.value)}
        spellCheck={false}
        value={typedGiven}
      />
      {refusal !== null && (
        <p className="is-dangerous" role="alert">
          {refusal.message} {refusal.remedy}
        </p>
      )}
    </Sheet>
  )
}

function volumesWords(names: readonly string[], region: string): string {
  return names.length === 0 ? `No volume in ${region} has one now` : `Now: ${joinNames(names)}`
}

function nextId(drafts: readonly ScheduleDraft[]): number {
  return Math.max(...drafts.map(({ id }) => id)) + 1
}
