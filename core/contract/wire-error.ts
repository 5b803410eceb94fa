import { z } from 'zod'

/** The error as it crosses a process: Electron keeps only `message` of a thrown one. */
export const WireError = z.strictObject({
  code: z.string(),
  message: z.string(),
  remedy: z.string(),
})
export type WireError = z.infer<typeof WireError>
