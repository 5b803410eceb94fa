import type { PolicyRow } from '../catalog/policies.ts'
import type { Output } from '../contract/calls.ts'
import type { PolicyId } from '../contract/ids.ts'
import type { PolicyRun } from '../contract/policy.ts'
import type { Context } from '../engine/context.ts'
import { refusalOf } from './deletion-guards.ts'
import { keepsByAge, madeBy, nextExpiryOf, superfluous, targetsOf } from './managed-snapshots.ts'
import { isAhead, nextRunOf } from './policies.ts'
import { runPolicy } from './policy-run.ts'

const HOUR_MS = 3_600_000
/** After a failure, and how often it is looked whether a run has ended. */
const RETRY_MS = 60_000

/** Does what is due by now, of all policies of the account that asks. */
export function runPolicies(context: Context): Output<'runPolicies'> {
  const { library } = context
  const own = enabledPolicies(context).filter(({ accountId }) => accountId === library.account)
  return start(
    context,
    own.filter(({ id }) => !isRunning(context, id)),
  )
}

/** When there is something to do for any policy, in milliseconds since 1970, UTC; null: never. */
export function nextPolicyDuty(context: Context): number | null {
  const times = enabledPolicies(context).flatMap((row) => dutyOf(context, row) ?? [])
  return times.length === 0 ? null : Math.min(...times)
}

/** Does what is due by now, each for its account. */
export function runDuePolicies(context: Context): void {
  const { library, clock } = context
  const now = clock()
  const due = enabledPolicies(context).filter((row) => {
    const at = dutyOf(context, row)
    return at !== null && at <= now
  })
  for (const account of new Set(due.map(({ accountId }) => accountId))) {
    const own = due.filter(({ accountId }) => accountId === account)
    library.asker.as(account, () => start(context, own))
  }
}

function enabledPolicies({ library }: Context): PolicyRow[] {
  return library.policies.all().filter(({ isEnabled }) => isEnabled)
}

function isRunning({ policyRuns }: Context, id: PolicyId): boolean {
  return policyRuns.get(id) === Number.POSITIVE_INFINITY
}

function dutyOf(context: Context, row: PolicyRow): number | null {
  const now = context.clock()
  if (isRunning(context, row.id)) return now + RETRY_MS
  const retryAt = context.policyRuns.get(row.id) ?? 0
  // By a clock that was set back since, it would be late.
  const earliest = retryAt - now > RETRY_MS ? now : retryAt
  const duties = isAhead(row, now) ? [now] : [nextRunOf(row), nextRetention(context, row)]
  const times = duties.filter((at) => at !== null)
  return times.length === 0 ? null : Math.max(Math.min(...times), earliest)
}

/** By age only: what is too many goes when another one is taken. What may not go yet is tried hourly. */
function nextRetention(context: Context, row: PolicyRow): number | null {
  if (!keepsByAge(row)) return null
  const { library, clock } = context
  const now = clock()
  const made = madeBy(library, row)
  const times = targetsOf(library, row).flatMap(({ id }) => {
    const { kept } = made(id)
    const due = superfluous(row, kept, now)
    if (due.some((each) => refusalOf(context, each.row) === null)) return [now]
    const again = due.length === 0 ? [] : [(Math.floor(now / HOUR_MS) + 1) * HOUR_MS]
    return [...again, nextExpiryOf(row, kept, now) ?? Number.POSITIVE_INFINITY]
  })
  const next = Math.min(...times)
  return Number.isFinite(next) ? next : null
}

function start(context: Context, rows: readonly PolicyRow[]): Output<'runPolicies'> {
  const { jobs, policyRuns, clock } = context
  for (const { id } of rows) policyRuns.set(id, Number.POSITIVE_INFINITY)
  const jobId = jobs.start({ kind: 'policies', title: 'Life-cycle policies' }, async (job) => {
    const runs: PolicyRun[] = []
    try {
      for (const row of rows) {
        const run = await runPolicy(context, row, job)
        if (run !== null) runs.push(run)
      }
    } catch (error) {
      for (const { id } of rows) policyRuns.set(id, clock() + RETRY_MS)
      throw error
    }
    for (const { id } of rows) policyRuns.delete(id)
    return { kind: 'policies', runs }
  })
  return { jobId }
}
