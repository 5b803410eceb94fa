import { UsageError } from './failure.ts'

/** What `volume write` is asked to write: the bytes of a file, or bytes made from a seed. */
export type WriteRequest =
  | { readonly kind: 'file'; readonly offsetBytes: number; readonly file: string }
  | { readonly kind: 'fill'; readonly spans: readonly FillSpan[]; readonly seed: string }

type FillSpan = { readonly offsetBytes: number; readonly lengthBytes: number }

/** The options of `volume write`, as they are given. */
export type WriteOptions = {
  readonly at: readonly number[]
  readonly file?: string
  readonly fill?: string
  readonly length?: number
}

/** Longest seed; any text that tells two fillings apart is shorter. */
const MAX_SEED_LENGTH = 255

/** @throws UsageError when the options do not go together */
export function writeRequestOf({ at, file, fill, length }: WriteOptions): WriteRequest {
  if (fill !== undefined && file === undefined) return fillRequest(at, fill, length)
  if (fill !== undefined || file === undefined) {
    throw new UsageError(
      'Say what to write: either --file FILE, or --fill SEED with --length SIZE.',
    )
  }
  if (length !== undefined) throw new UsageError('--length goes with --fill; a file has its own.')
  const [offsetBytes, ...others] = at
  if (offsetBytes === undefined || others.length > 0) {
    throw new UsageError('A file is written at one place: give --at once.')
  }
  return { kind: 'file', offsetBytes, file }
}

function fillRequest(at: readonly number[], seed: string, length?: number): WriteRequest {
  if (length === undefined) throw new UsageError('--fill SEED needs --length SIZE.')
  if (seed === '' || seed.length > MAX_SEED_LENGTH) {
    throw new UsageError(`The seed of --fill has 1 to ${MAX_SEED_LENGTH} characters.`)
  }
  const spans = at.map((offsetBytes) => ({ offsetBytes, lengthBytes: length }))
  return { kind: 'fill', spans, seed }
}
