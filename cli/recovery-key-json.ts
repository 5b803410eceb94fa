import { z } from 'zod'
import { Instant } from '../core/contract/ids.ts'

/** A recovery key that was just made: no other document has it. */
export const RecoveryKeyJson = z.object({
  /** null: it was saved to a file. */
  recoveryKey: z.string().nullable(),
  madeAt: Instant,
})
