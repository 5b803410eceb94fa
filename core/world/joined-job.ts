import { StrataError } from '../contract/errors.ts'
import type { JobId } from '../contract/ids.ts'
import type { JobResult } from '../contract/jobs.ts'
import type { JobHandle, Jobs } from '../engine/jobs.ts'

/**
 * Waits for a job that is a part of another one, and is cancelled with it if it still can be.
 *
 * @throws StrataError PART_FAILED, or why the whole is cancelled
 */
export async function joined<K extends JobResult['kind']>(
  jobs: Jobs,
  whole: JobHandle,
  part: JobId,
  kind: K,
): Promise<Extract<JobResult, { kind: K }>> {
  const cancel = () => jobs.cancel(part)
  whole.signal.addEventListener('abort', cancel, { once: true })
  try {
    if (whole.signal.aborted) cancel()
    const { title, error, result } = await jobs.ended(part)
    // What was done before it could be cancelled is there: the whole has to know of it.
    if (result?.kind === kind) return result as Extract<JobResult, { kind: K }>
    whole.signal.throwIfAborted()
    throw new StrataError('PART_FAILED', { title, cause: error?.message ?? 'it left nothing' })
  } finally {
    whole.signal.removeEventListener('abort', cancel)
  }
}
