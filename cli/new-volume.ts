import { UsageError } from './failure.ts'
import type { FromSnapshot } from './loading.ts'
import type { EncryptionOptions, LoadRate } from './options.ts'

type NewVolume = EncryptionOptions & { readonly size: number }

/** The options of `volume create`, as they are given. */
export type NewVolumeOptions = EncryptionOptions & {
  readonly size?: number
  readonly snapshot?: string
  readonly rate?: LoadRate
  readonly wait: boolean
}

/**
 * @throws UsageError when the options do not go together
 * @throws StrataError MissingParameter
 */
export async function newVolumeOf(options: NewVolumeOptions): Promise<NewVolume | FromSnapshot> {
  const { size, snapshot, rate, wait, encrypted, key } = options
  if (snapshot !== undefined) return { snapshot, size, rate, wait, encrypted, key }
  if (rate !== undefined || !wait) throw new UsageError('--rate and --no-wait go with --snapshot.')
  if (size === undefined) {
    const { StrataError } = await import('../core/contract/errors.ts')
    throw new StrataError('MissingParameter', { parameter: 'size/snapshot' })
  }
  return { size, encrypted, key }
}
