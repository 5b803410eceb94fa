import { UsageError } from './failure.ts'
import type { EncryptionOptions } from './options.ts'

/** Where `snapshot restore` is asked to restore to: a file, or a new managed volume. */
export type RestoreRequest =
  | {
      readonly kind: 'file'
      readonly file: string
      readonly sha256: boolean
      readonly overwrite: boolean
    }
  | ({
      readonly kind: 'volume'
      readonly name: string
      readonly sizeBytes?: number
    } & EncryptionOptions)

/** The options of `snapshot restore`, as they are given. */
export type RestoreOptions = {
  readonly to?: string
  readonly sha256?: boolean
  readonly force?: boolean
  readonly volume?: string
  readonly size?: number
} & EncryptionOptions

/** @throws UsageError when the options do not go together */
export function restoreRequestOf(options: RestoreOptions): RestoreRequest {
  const { to, volume, size, encrypted, key, sha256 = false, force = false } = options
  if (to !== undefined && volume === undefined) {
    if (to === '') throw new UsageError('--to needs the path of a file.')
    if (size !== undefined) throw new UsageError('--size goes with --volume NAME.')
    if (encrypted !== undefined || key !== undefined) {
      throw new UsageError('--encrypted and --key go with --volume NAME: a file is plain.')
    }
    return { kind: 'file', file: to, sha256, overwrite: force }
  }
  if (to !== undefined || volume === undefined) {
    throw new UsageError('Say where to: either --to FILE, or --volume NAME.')
  }
  if (sha256 || force) throw new UsageError('--sha256 and --force go with --to FILE.')
  return { kind: 'volume', name: volume, sizeBytes: size, encrypted, key }
}
