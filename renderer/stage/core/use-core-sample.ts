import { useEffect, useRef, useState } from 'react'
import type { StrataApi } from '../../../core/contract/calls.ts'
import type { CoreSampleRequest } from '../../../core/contract/core-sample.ts'
import type { WireError } from '../../../core/contract/errors.ts'
import { wireOf } from '../../state/api.ts'
import { type Picture, pictureOf } from './picture.ts'

/** The last picture that was answered, and how it stands to the question asked now. */
export type Sampled = {
  readonly picture: Picture | null
  /** The request that `picture` answers. */
  readonly request: CoreSampleRequest | null
  readonly step: 'ready' | 'asking' | 'failed'
  readonly error: WireError | null
}

/**
 * Asks for a core sample whenever the request or the library's revision changes. The last picture
 * stays until the next one is here: nothing is ever drawn as empty because it is not known yet.
 *
 * @param request null: nothing to ask; keep it the same object while it asks the same
 */
export function useCoreSample(
  sampleCore: StrataApi['sampleCore'],
  request: CoreSampleRequest | null,
  revision: number,
): Sampled {
  const [sampled, setSampled] = useState<Sampled>(NOTHING)
  const asked = useRef(0)
  useEffect(() => {
    const mine = ++asked.current
    if (request === null) return setSampled(NOTHING)
    setSampled((last) => ({ ...last, step: 'asking' }))
    sampleCore(request).then(
      (sample) => {
        if (mine !== asked.current) return
        setSampled({ picture: pictureOf(sample), request, step: 'ready', error: null })
      },
      (error: unknown) => {
        if (mine !== asked.current) return
        setSampled((last) => ({ ...last, step: 'failed', error: wireOf(error) }))
      },
    )
  }, [sampleCore, request, revision])
  return sampled
}

const NOTHING: Sampled = { picture: null, request: null, step: 'ready', error: null }
