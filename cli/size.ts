/** Bytes of each unit that a size may be written in, by its lower-case name. */
const UNITS: Record<string, bigint> = {
  '': 1n,
  b: 1n,
  kib: 2n ** 10n,
  mib: 2n ** 20n,
  gib: 2n ** 30n,
  tib: 2n ** 40n,
  kb: 10n ** 3n,
  mb: 10n ** 6n,
  gb: 10n ** 9n,
  tb: 10n ** 12n,
}

/** What a refusal tells: every way to write a size. */
const HOW = 'Write 4096, 512KiB, 250MiB, 1.5GiB or 2TiB (powers of 1024), or 10GB (powers of 1000).'

/**
 * A size or an offset as people write it: `1.5GiB` is 1,610,612,736.
 *
 * @throws RangeError, saying what is wrong with `text` and how sizes are written
 */
export function parseSize(text: string): number {
  const match = /^(\d{1,30})(?:\.(\d{1,30}))?\s?([a-z]*)$/i.exec(text.trim())
  const unitBytes = UNITS[match?.[3]?.toLowerCase() ?? '']
  if (match === null || unitBytes === undefined) throw new RangeError(`It is not a size. ${HOW}`)
  const [, whole = '', fraction = ''] = match
  const scaled = BigInt(whole + fraction) * unitBytes
  const scale = 10n ** BigInt(fraction.length)
  if (scaled % scale !== 0n) throw new RangeError(`It is not a whole number of bytes. ${HOW}`)
  const bytes = scaled / scale
  if (bytes > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw new RangeError('It is larger than any disk: a volume has 64 TiB at the most.')
  }
  return Number(bytes)
}
