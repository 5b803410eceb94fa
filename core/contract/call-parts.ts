import { z } from 'zod'
import { JobId } from './ids.ts'

/* What the inputs and outputs of many requests are made of. */

/** More than anyone selects by hand, and a bound on what one call can ask. */
export const MAX_SELECTED = 100_000

/** Unchecked text: the engine refuses what is bad itself, with a sentence for each reason. */
export const rawText = z.string().max(4_096)

/** The answer of what goes on as a job. */
export const started = z.strictObject({ jobId: JobId })

/** How something new is to be encrypted; `key` by id, name or ARN, and only beside `encrypted`. */
export const encryptionWish = { encrypted: z.boolean().optional(), key: rawText.optional() }
/**
 * A file. For whoever runs the engine it is a path; for the window it is an opaque id that the
 * shell turns into the path that a person dropped or chose, so that a page cannot name a file.
 */
export const FileRef = z.string().min(1).max(4_096)
