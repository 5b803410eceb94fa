import { z } from 'zod'
import { DeletionPlan, Pin } from '../core/contract/deletion.ts'
import { AgeUnit, Policy, PolicyPreview, PolicyRun, PreviewStep } from '../core/contract/policy.ts'
import { Tag } from '../core/contract/tags.ts'

/** Without unions: what does not apply is null. */
const ScheduleJson = z.object({
  name: z.string(),
  everyHours: z.int().nullable(),
  startsAt: z.string().nullable(),
  cron: z.string().nullable(),
  keepCount: z.int().nullable(),
  keepLength: z.int().nullable(),
  keepUnit: AgeUnit.nullable(),
  copiesTags: z.boolean(),
  tags: z.array(z.object(Tag.shape)),
})

export const PolicyJson = z.object({
  ...Policy.shape,
  targetTags: z.array(z.object(Tag.shape)),
  schedules: z.array(ScheduleJson),
})
export const PolicyListJson = z.object({ policies: z.array(PolicyJson) })

export const PolicyPreviewJson = z.object({
  ...PolicyPreview.shape,
  steps: z.array(z.object(PreviewStep.shape)),
  firstDeletion: z
    .object({
      snapshotIds: DeletionPlan.shape.snapshotIds,
      releasedBytes: DeletionPlan.shape.releasedBytes,
      releasedNowBytes: DeletionPlan.shape.releasedNowBytes,
      heldBytes: DeletionPlan.shape.heldBytes,
    })
    .nullable(),
  kept: z.array(z.object(Pin.shape)),
})

export const PolicyRunsJson = z.object({ runs: z.array(z.object(PolicyRun.shape)) })

export const policyDocuments = {
  policy: PolicyJson,
  'policy list': PolicyListJson,
  'policy preview': PolicyPreviewJson,
  'policy runs': PolicyRunsJson,
}
