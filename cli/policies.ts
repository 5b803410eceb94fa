import { StrataError } from '../core/contract/errors.ts'
import { MAX_PREVIEW_DAYS, POLICY_TAGS, type Policy } from '../core/contract/policy.ts'
import { scheduleText } from '../core/contract/schedule-text.ts'
import type { Tag } from '../core/contract/tags.ts'
import { type Answer, answer } from './answer.ts'
import { UsageError } from './failure.ts'
import { formatInstant } from './instant.ts'
import type { Library } from './library.ts'
import { tagText } from './marks.ts'
import { PolicyJson, PolicyListJson, PolicyPreviewJson, PolicyRunsJson } from './policy-json.ts'
import { scheduleJson, type WrittenSchedule } from './policy-schedule.ts'
import { firstText, nextText, previewText, runText, stateText } from './policy-text.ts'
import { facts, safeName, table } from './table.ts'

const PREVIEW_DAYS = 30

/** The options of `policy create` and `policy edit`, as they are given. */
export type PolicyOptions = {
  readonly description?: string
  readonly target?: Tag[]
  readonly schedule?: WrittenSchedule[]
  readonly copyTags?: boolean
  readonly tag?: Tag[]
}

export async function listPolicies(library: Library): Promise<Answer> {
  const all = await library.engine.listPolicies()
  const policies = all.filter((each) => library.isAskedAbout(each))
  const text = table(
    ['Id', 'Description', 'Region', 'State', 'Next run', 'Volumes tagged'].map((heading) => ({
      heading,
    })),
    policies.map((policy) => [
      policy.policyId,
      safeName(policy.description),
      policy.region,
      policy.state,
      nextText(policy),
      tagText(policy.targetTags),
    ]),
  )
  const json = { policies: policies.map(jsonOf) }
  return answer(PolicyListJson, json, policies.length === 0 ? 'There are no policies.' : text)
}

export async function createPolicy(
  library: Library,
  description: string,
  options: PolicyOptions,
): Promise<Answer> {
  const { target, schedule } = options
  if (target === undefined) throw new UsageError('--target is missing.')
  if (schedule === undefined) throw new UsageError('--schedule is missing.')
  const { copyTags: copiesTags = false, tag = [] } = options
  const schedules = schedule.map((each) => ({ ...each, copiesTags, tags: tag }))
  return told(
    library,
    await library.engine.createPolicy({ description, targetTags: target, schedules }),
  )
}

export async function editPolicy(
  library: Library,
  text: string,
  options: PolicyOptions,
): Promise<Answer> {
  const policy = await find(library, text)
  const { policyId } = policy
  const written = options.schedule ?? policy.schedules
  const schedules = written.map((each) => {
    const before = policy.schedules.find(({ name }) => name === each.name)
    return {
      ...each,
      copiesTags: options.copyTags ?? before?.copiesTags ?? false,
      tags: options.tag ?? before?.tags ?? [],
    }
  })
  const changed = await library.engine.changePolicy({
    policyId,
    description: options.description ?? policy.description,
    targetTags: options.target ?? policy.targetTags,
    schedules,
  })
  return told(library, changed)
}

export async function showPolicy(library: Library, text: string): Promise<Answer> {
  return told(library, await find(library, text))
}

export async function previewPolicy(
  library: Library,
  text: string,
  { days = PREVIEW_DAYS }: { readonly days?: number },
): Promise<Answer> {
  if (days > MAX_PREVIEW_DAYS) throw new UsageError(`--days is ${MAX_PREVIEW_DAYS} at the most.`)
  const { policyId } = await find(library, text)
  const preview = await library.engine.previewPolicy({ policyId, days })
  const view = await library.engine.describeLibrary()
  return answer(PolicyPreviewJson, preview, previewText(view, preview))
}

/** With `dryRun` it only tells of the first run. */
export async function enablePolicy(
  library: Library,
  text: string,
  { dryRun = false }: { readonly dryRun?: boolean },
): Promise<Answer> {
  const { policyId } = await find(library, text)
  const preview = await library.engine.previewPolicy({ policyId, days: PREVIEW_DAYS })
  const first = firstText(await library.engine.describeLibrary(), preview)
  if (dryRun) return answer(PolicyPreviewJson, preview, first)
  const { revision } = preview
  const policy = await library.engine.enablePolicy({ policyId, revision })
  return answer(PolicyJson, jsonOf(policy), `${stateText(policy)}\n${first}`)
}

export async function disablePolicy(library: Library, text: string): Promise<Answer> {
  const { policyId } = await find(library, text)
  const policy = await library.engine.disablePolicy({ policyId })
  return answer(PolicyJson, jsonOf(policy), stateText(policy))
}

export async function removePolicy(library: Library, text: string): Promise<Answer> {
  const { policyId } = await find(library, text)
  const policy = await library.engine.removePolicy({ policyId })
  return answer(PolicyJson, jsonOf(policy), `Removed policy ${safeName(policy.description)}`)
}

/** What went wrong for a volume is an answer: the others were taken. The command exits 1. */
export async function runPolicies(library: Library): Promise<Answer> {
  const result = await library.finish(await library.engine.runPolicies(), 'policies')
  const { runs } = result
  const view = await library.engine.describeLibrary()
  const text =
    runs.length === 0 ? 'Nothing was due.' : runs.map((run) => runText(view, run)).join('\n')
  const isBad = runs.some(({ failures }) => failures.length > 0)
  return { ...answer(PolicyRunsJson, { runs }, text), isBad }
}

async function told(library: Library, policy: Policy): Promise<Answer> {
  const view = await library.engine.describeLibrary()
  const own = view.snapshots.filter(({ tags }) =>
    tags.some(({ key, value }) => key === POLICY_TAGS.policyId && value === policy.policyId),
  )
  const { problem, lastRunAt } = policy
  const text = facts([
    ['Policy', policy.policyId],
    ['Description', safeName(policy.description)],
    ['Region', policy.region],
    ['State', policy.state],
    ...(problem === null ? [] : [['Problem', safeName(problem)] as const]),
    ['Volumes tagged', tagText(policy.targetTags)],
    ...policy.schedules.map((each) => ['Schedule', safeName(scheduleText(each))] as const),
    ['Last run', lastRunAt === null ? 'never' : formatInstant(lastRunAt)],
    ['Next run', nextText(policy)],
    ['Its snapshots', own.map(({ name }) => safeName(name)).join(', ') || 'none'],
  ])
  return answer(PolicyJson, jsonOf(policy), text)
}

function jsonOf(policy: Policy) {
  return { ...policy, schedules: policy.schedules.map(scheduleJson) }
}

/** By its id, else by its description. @throws StrataError POLICY_UNKNOWN, NAME_AMBIGUOUS */
async function find({ engine }: Library, text: string): Promise<Policy> {
  const all = await engine.listPolicies()
  const byId = all.filter(({ policyId }) => policyId === text)
  const [found, ...others] =
    byId.length > 0 ? byId : all.filter(({ description }) => description === text)
  if (found === undefined) throw new StrataError('POLICY_UNKNOWN', { policy: text })
  if (others.length > 0) {
    const ids = [found, ...others].map(({ policyId }) => policyId).join(', ')
    throw new StrataError('NAME_AMBIGUOUS', { name: text, kind: 'policy', ids })
  }
  return found
}
