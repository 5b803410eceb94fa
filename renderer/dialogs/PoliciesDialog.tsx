import { Menu } from '@mantine/core'
import { Ellipsis } from 'lucide-react'
import type { LibraryView } from '../../core/contract/model.ts'
import type { Policy } from '../../core/contract/policy.ts'
import { useApp } from '../state/context.ts'
import type { Dialog } from '../state/dialogs.ts'
import { hasRegions } from '../state/lanes.ts'
import { Button } from '../ui/Button.tsx'
import { Name } from '../ui/Name.tsx'
import { nextRunWords, scheduleWords, targetWords } from '../words/policy-words.ts'
import './policies.css'
import { Sheet } from './Sheet.tsx'

/** What these dialogs were asked from: this one is shown again after them. */
const BACK: Dialog = { kind: 'policies' }

/** The policies of the account that looks. */
export function PoliciesDialog({ library }: { library: LibraryView }) {
  const openDialog = useApp((state) => state.openDialog)
  const { policies } = library
  return (
    <Sheet size={600} title="Life-cycle policies">
      <p className="sec">
        A policy takes snapshots of the volumes that have one of its tags, and deletes what its
        schedules do not keep, while a library is open.
      </p>
      {policies.length === 0 ? (
        <p className="sheet-none">
          No policies yet. A new one does nothing before you have seen what it would do.
        </p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it has to be reached
        <ul aria-label="Policies" className="policy-list sheet-list" tabIndex={0}>
          {policies.map((policy) => (
            <PolicyLine key={policy.policyId} library={library} policy={policy} />
          ))}
        </ul>
      )}
      <div className="sheet-actions">
        <Button
          onClick={() => openDialog({ kind: 'policyForm', policyId: null, back: BACK })}
          tone={policies.length === 0 ? 'primary' : 'plain'}
        >
          New policy…
        </Button>
      </div>
    </Sheet>
  )
}

function PolicyLine({ library, policy }: { library: LibraryView; policy: Policy }) {
  const openDialog = useApp((state) => state.openDialog)
  const { policyId, description, state, problem, schedules, targetTags, region } = policy
  const where = hasRegions(library) ? ` in ${region}` : ''
  return (
    <li>
      <span aria-hidden className="policy-sign" data-state={state} />
      <div>
        <span className="policy-line-name">
          <Name as="b">{description}</Name>
          <span className="sec small policy-next">{nextRunWords(policy)}</span>
        </span>
        <p className="sec small ellipsis" title={targetWords(targetTags)}>
          Volumes with {targetWords(targetTags)}
          {where}
        </p>
        {schedules.map((schedule) => (
          <p className="small ellipsis" key={schedule.name} title={scheduleWords(schedule)}>
            {scheduleWords(schedule)}
          </p>
        ))}
        {problem !== null && <p className="small is-dangerous">{problem}</p>}
      </div>
      <Button onClick={() => openDialog({ kind: 'policyPreview', policyId, back: BACK })}>
        {state === 'disabled' ? 'Switch on…' : 'Preview…'}
      </Button>
      <PolicyMenu policy={policy} />
    </li>
  )
}

function PolicyMenu({ policy: { policyId, description, state } }: { policy: Policy }) {
  const openDialog = useApp((app) => app.openDialog)
  const disable = useApp((app) => app.disablePolicy)
  return (
    <Menu position="bottom-end" width={180}>
      <Menu.Target>
        <Button
          aria-label={`Change policy ${description}`}
          icon={<Ellipsis size={16} />}
          tone="ghost"
        />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => openDialog({ kind: 'policyForm', policyId, back: BACK })}>
          Change…
        </Menu.Item>
        {state !== 'disabled' && (
          <Menu.Item onClick={() => void disable(policyId)}>Switch off</Menu.Item>
        )}
        <Menu.Item onClick={() => openDialog({ kind: 'removePolicy', policyId, back: BACK })}>
          Remove…
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
