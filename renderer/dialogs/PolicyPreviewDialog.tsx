import { NativeSelect } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { LibraryView } from '../../core/contract/model.ts'
import type { Policy, PolicyPreview } from '../../core/contract/policy.ts'
import { useApp } from '../state/context.ts'
import { namesOf } from '../state/tree.ts'
import { joinNames } from '../words/names.ts'
import {
  deletedWords,
  firstDeletionWords,
  previewWords,
  returnedWords,
} from '../words/policy-words.ts'
import { formatInstant } from '../words/time-format.ts'
import { PolicyTimeline } from './PolicyTimeline.tsx'
import './policies.css'
import { Sheet } from './Sheet.tsx'

const SPANS = [
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '366', label: 'a year' },
]
/** More than anybody reads. */
const MAX_ROWS = 200

/** What a policy will take and delete, before it is switched on. */
export function PolicyPreviewDialog({ library, policy }: { library: LibraryView; policy: Policy }) {
  const ask = useApp((state) => state.previewPolicy)
  const enable = useApp((state) => state.enablePolicy)
  const question = useApp((state) => state.policyQuestion)
  const [days, setDays] = useState('30')
  const { policyId, state } = policy
  const { revision } = library
  useEffect(() => {
    // What was previewed holds for one revision of the library.
    if (revision >= 0) void ask(policyId, Number(days))
  }, [ask, policyId, days, revision])
  const isAbout = question.step !== 'none' && question.policyId === policyId
  const preview = !isAbout
    ? null
    : question.step === 'told'
      ? question.preview
      : question.step === 'asking'
        ? question.last
        : null
  const isCurrent = isAbout && question.step === 'told' && question.preview.revision === revision
  const isOff = state === 'disabled'
  return (
    <Sheet
      canSubmit={isCurrent}
      onSubmit={() => {
        if (preview !== null) void enable(preview)
      }}
      size={640}
      {...(isOff && { submit: 'Switch on' })}
      title={isOff ? `Switch on ${policy.description}?` : `What ${policy.description} will do`}
      tone={preview?.firstDeletion == null ? 'primary' : 'danger'}
    >
      {isAbout && question.step === 'failed' && (
        <p className="is-dangerous" role="alert">
          {question.error.message} {question.error.remedy}
        </p>
      )}
      <div className="policy-span">
        <p aria-live="polite">
          {preview === null ? 'Working out what it would do…' : previewWords(preview)}
        </p>
        <NativeSelect
          aria-label="How far to look"
          data={SPANS}
          data-autofocus
          onChange={(event) => setDays(event.currentTarget.value)}
          value={days}
        />
      </div>
      {preview !== null && <Told library={library} preview={preview} />}
    </Sheet>
  )
}

function Told({ library, preview }: { library: LibraryView; preview: PolicyPreview }) {
  const { steps, firstDeletion, kept } = preview
  const nameOf = (id: string) => namesOf(library, [id as never]).join()
  const shown = steps.slice(0, MAX_ROWS)
  const doomed = joinNames((firstDeletion?.snapshotIds ?? []).map(nameOf))
  return (
    <>
      <PolicyTimeline preview={preview} />
      <p className={firstDeletion === null ? 'sec' : 'loss'}>
        {firstDeletionWords(preview, doomed)}
      </p>
      {kept.slice(0, 3).map(({ snapshotId, reason }) => (
        <p className="sec" key={snapshotId}>
          {nameOf(snapshotId)} stays: {reason.message}
        </p>
      ))}
      {shown.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it has to be reached
        <section aria-label="Step by step" className="policy-steps sheet-list" tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">When</th>
                <th scope="col">Schedule</th>
                <th scope="col">Takes</th>
                <th scope="col">Deletes</th>
                <th className="is-figure" scope="col">
                  Comes back
                </th>
              </tr>
            </thead>
            <tbody>
              {shown.map((step) => (
                <tr key={step.at}>
                  <td>{formatInstant(step.at)}</td>
                  <td className="sec">{step.keptBy ?? ''}</td>
                  <td>{step.takenOf.length === 0 ? '' : step.takenOf.length}</td>
                  <td>{deletedWords(step, nameOf)}</td>
                  <td className="is-figure">{returnedWords(step)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {(steps.length > MAX_ROWS || preview.isCut) && <p className="sec small">And so on.</p>}
        </section>
      )}
    </>
  )
}
