import { useEffect, useRef, useState } from 'react'
import type { StrataApi } from '../../../core/contract/calls.ts'
import { type CoreSampleRequest, MAX_SAMPLE_COLUMNS } from '../../../core/contract/core-sample.ts'
import type { WireError } from '../../../core/contract/wire-error.ts'
import { wireOf } from '../../state/api.ts'
import { type Picture, pictureOf } from './picture.ts'

/** Besides the head's column. Of more snapshots the newest are shown. */
export const MAX_SAMPLE_SNAPSHOTS = MAX_SAMPLE_COLUMNS - 1

/** The last picture that was answered, and how it stands to the question asked now. */
export type Sampled = {
  readonly picture: Picture | null
  /** What is shown answers an older question about other cells, not only about other deletions. */
  readonly isOutdated: boolean
  readonly step: 'ready' | 'asking' | 'failed'
  readonly error: WireError | null
}

/**
 * Asks for a core sample whenever the request, the library's revision or what is loaded of the live
 * volume changes. The last picture stays until the next one is here: nothing is ever drawn as empty because it is not known yet.
 *
 * @param request null: nothing to ask; keep it the same object while it asks the same
 */
export function useCoreSample(
  sampleCore: StrataApi['sampleCore'],
  request: CoreSampleRequest | null,
  revision: number,
  loadedBytes: number,
): Sampled {
  const [sampled, setSampled] = useState<Sampled>(NOTHING)
  const asked = useRef(0)
  const answered = useRef<Answered | null>(null)
  useEffect(() => {
    const mine = ++asked.current
    if (request === null) return setSampled(NOTHING)
    const asksMore = !isSameButDoomed(answered.current, request, revision)
    setSampled((last) => ({ ...last, step: 'asking', isOutdated: asksMore }))
    sampleCore(request).then(
      (sample) => {
        if (mine !== asked.current) return
        answered.current = { request, revision }
        setSampled({ picture: pictureOf(sample), isOutdated: false, step: 'ready', error: null })
      },
      (error: unknown) => {
        if (mine !== asked.current) return
        setSampled((last) => ({ ...last, step: 'failed', isOutdated: true, error: wireOf(error) }))
      },
    )
  }, [sampleCore, request, revision, loadedBytes])
  return sampled
}

type Answered = { request: CoreSampleRequest; revision: number }

function isSameButDoomed(
  last: Answered | null,
  request: CoreSampleRequest,
  revision: number,
): boolean {
  if (last === null || last.revision !== revision) return false
  return (
    JSON.stringify({ ...last.request, doomedIds: [] }) ===
    JSON.stringify({ ...request, doomedIds: [] })
  )
}

const NOTHING: Sampled = { picture: null, isOutdated: false, step: 'ready', error: null }
