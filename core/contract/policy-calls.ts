import { z } from 'zod'
import { started } from './call-parts.ts'
import { PolicyId } from './ids.ts'
import { MAX_PREVIEW_DAYS, Policy, PolicyPreview, PolicyWish } from './policy.ts'

const ofPolicy = z.strictObject({ policyId: PolicyId })

/** Requests of life-cycle policies. */
export const policyCalls = {
  /** Those of the account that asks, in all regions. */
  listPolicies: { input: z.strictObject({}), output: z.array(Policy) },
  /** For the account that asks and the region that it works in. It is off. */
  createPolicy: { input: PolicyWish, output: Policy },
  /** It is off after that: what it would do has to be seen first. */
  changePolicy: {
    input: z.strictObject({ policyId: PolicyId, ...PolicyWish.shape }),
    output: Policy,
  },
  /** Its snapshots stay. @returns the policy that was removed */
  removePolicy: { input: ofPolicy, output: Policy },
  /** What it would do in so many days from now on. Changes nothing. */
  previewPolicy: {
    input: z.strictObject({ policyId: PolicyId, days: z.int().min(1).max(MAX_PREVIEW_DAYS) }),
    output: PolicyPreview,
  },
  /** @throws PLAN_STALE, changing nothing, when the library moved on since the preview */
  enablePolicy: {
    input: z.strictObject({ policyId: PolicyId, revision: z.int() }),
    output: Policy,
  },
  disablePolicy: { input: ofPolicy, output: Policy },
  /** Does what is due by now, of all policies of the account that asks. */
  runPolicies: { input: z.strictObject({}), output: started },
} satisfies Record<string, { input: z.ZodType; output: z.ZodType }>
