import type { Verbs } from '../engine/verb.ts'
import {
  changePolicy,
  createPolicy,
  disablePolicy,
  enablePolicy,
  policiesOf,
  removePolicy,
} from './policies.ts'
import { previewPolicy } from './preview-policy.ts'
import { runPolicies } from './run-policies.ts'

/** Life-cycle policies. */
export const policyVerbs = {
  listPolicies: ({ library }) => policiesOf(library),
  createPolicy,
  changePolicy,
  removePolicy,
  previewPolicy,
  enablePolicy,
  disablePolicy,
  runPolicies,
} satisfies Partial<Verbs>
