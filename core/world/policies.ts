import type { PolicyRow } from '../catalog/policies.ts'
import type { SnapshotRow } from '../catalog/snapshot-row.ts'
import type { Input } from '../contract/calls.ts'
import { StrataError } from '../contract/errors.ts'
import { PolicyId } from '../contract/ids.ts'
import { MAX_POLICIES, POLICY_TAGS, type Policy } from '../contract/policy.ts'
import { show } from '../contract/show.ts'
import { commandOf, type Word } from '../engine/command-line.ts'
import type { Context } from '../engine/context.ts'
import { newId } from '../engine/ids.ts'
import type { Library } from '../engine/library.ts'
import { keepsByAge, madeBy, superfluous, targetsOf } from './managed-snapshots.ts'
import { changingCommand, makingCommand } from './policy-command.ts'
import { checkPolicy } from './policy-rules.ts'
import { firesAfter } from './schedule-times.ts'

/** No schedule fires more often: so far behind, a clock is waited for. */
const MOST_BEHIND_MS = 3_600_000

/** Those of the account that asks, oldest first. */
export function policiesOf(library: Library): Policy[] {
  return library.policies
    .all()
    .filter(({ accountId }) => accountId === library.account)
    .map(policyOf)
}

/** An own one. @throws StrataError POLICY_UNKNOWN */
export function policyRow(library: Library, id: PolicyId): PolicyRow {
  const row = library.policies.all().find((each) => each.id === id)
  if (row?.accountId === library.account) return row
  throw new StrataError('POLICY_UNKNOWN', { policy: id })
}

/** When the first of its schedules fires that was not seen to; null: none fires again. */
export function nextRunOf({ schedules, settledUntil }: PolicyRow): number | null {
  const times = schedules.flatMap(({ times }) => firesAfter(times, settledUntil) ?? [])
  return times.length === 0 ? null : Math.min(...times)
}

/** The clock was set back since its last run, by days maybe. */
export function isAhead({ settledUntil }: PolicyRow, now: number): boolean {
  return settledUntil - now > MOST_BEHIND_MS
}

export function createPolicy(context: Context, input: Input<'createPolicy'>): Policy {
  const { library, clock } = context
  const { account, region } = library
  const wish = checkPolicy(input)
  const own = library.policies
    .all()
    .filter((row) => row.accountId === account && row.region === region)
  if (own.length >= MAX_POLICIES) {
    const problem = `there are ${MAX_POLICIES} in this region already`
    throw new StrataError('POLICY_REFUSED', { problem })
  }
  const id = newId(PolicyId, 'policy')
  const never = { problem: null, lastRunAt: null, settledUntil: clock() }
  const row = { id, accountId: account, region, ...wish, isEnabled: false, ...never }
  put(context, row, 'Made', makingCommand(library, row))
  return policyOf(row)
}

/** Its kind of retention stays what it is, as in EBS. */
export function changePolicy(
  context: Context,
  { policyId, ...input }: Input<'changePolicy'>,
): Policy {
  const before = policyRow(context.library, policyId)
  const wish = checkPolicy(input)
  if (keepsByAge(before) !== keepsByAge(wish)) {
    throw new StrataError('POLICY_REFUSED', {
      problem: 'a policy that keeps by count cannot keep by age, nor the other way; make another',
    })
  }
  const row = { ...before, ...wish, isEnabled: false, problem: null }
  const verb = before.isEnabled ? 'Changed and switched off' : 'Changed'
  put(context, row, verb, changingCommand(before, row))
  return policyOf(row)
}

export function removePolicy(
  { library, clock }: Context,
  { policyId }: Input<'removePolicy'>,
): Policy {
  const row = policyRow(library, policyId)
  library.change(() => {
    library.policies.remove(policyId)
    const command = ['policy', 'rm', policyId]
    tell(library, clock(), `Removed policy ${show(row.description)}`, command)
  })
  return policyOf(row)
}

/** What became too old while it was off stays, as in EBS: it lets go of that. */
export function enablePolicy(
  context: Context,
  { policyId, revision }: Input<'enablePolicy'>,
): Policy {
  const { library, clock } = context
  const before = policyRow(library, policyId)
  assertState(before, false)
  const current = library.facts().revision
  if (current !== revision) throw new StrataError('PLAN_STALE', { previewed: revision, current })
  const now = clock()
  const row = { ...before, isEnabled: true, problem: null, settledUntil: now }
  put(context, row, 'Switched on', ['policy', 'enable', row.id], () =>
    letGo(library, before, outdated(library, before, now)),
  )
  return policyOf(row)
}

export function disablePolicy(context: Context, { policyId }: Input<'disablePolicy'>): Policy {
  const before = policyRow(context.library, policyId)
  assertState(before, true)
  const row = { ...before, isEnabled: false, problem: null }
  put(context, row, 'Switched off', ['policy', 'disable', row.id])
  return policyOf(row)
}

/** Within a change: these are managed no longer. They still say which policy took them. */
export function letGo(
  library: Library,
  { accountId }: Pick<PolicyRow, 'accountId'>,
  rows: readonly Pick<SnapshotRow, 'id'>[],
): void {
  for (const { id } of rows) library.snapshotTags.remove(id, accountId, POLICY_TAGS.isManaged)
}

/** What of a policy that is off has become too old. */
export function outdated(library: Library, policy: PolicyRow, now: number): SnapshotRow[] {
  if (!keepsByAge(policy)) return []
  const made = madeBy(library, policy)
  return targetsOf(library, policy).flatMap(({ id }) =>
    superfluous(policy, made(id).kept, now).map(({ row }) => row),
  )
}

function policyOf(row: PolicyRow): Policy {
  const { id, isEnabled, settledUntil, ...told } = row
  return {
    policyId: id,
    ...told,
    state: isEnabled ? (row.problem === null ? 'enabled' : 'error') : 'disabled',
    nextRunAt: isEnabled ? nextRunOf(row) : null,
  }
}

function assertState({ description, isEnabled }: PolicyRow, wanted: boolean): void {
  if (isEnabled !== wanted) {
    throw new StrataError('POLICY_STATE_REFUSED', { policy: description, isEnabled })
  }
}

function put(
  { library, clock }: Context,
  row: PolicyRow,
  verb: string,
  command: readonly Word[],
  alongside: () => void = () => {},
): void {
  library.change(() => {
    library.policies.put(row)
    alongside()
    tell(library, clock(), `${verb} policy ${show(row.description)}`, command)
  })
}

function tell(library: Library, at: number, title: string, command: readonly Word[]): void {
  library.history.add({
    at,
    title,
    command: commandOf(library, ...command),
    storedDeltaBytes: 0,
    deletionId: null,
  })
}
