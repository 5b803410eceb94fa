import { randomBytes, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import { KEY_BYTES } from './sealing.ts'

const scryptAsync = promisify(scrypt) as (
  password: string,
  salt: Uint8Array,
  length: number,
  options: { N: number; r: number; p: number; maxmem: number },
) => Promise<Buffer>

/** How a key was made of a passphrase; kept beside what the key opens. */
export type Stretch = { salt: Buffer<ArrayBuffer>; N: number; r: number; p: number }

/** Takes 128 MiB, and half a second to a second. */
const COST = { N: 2 ** 17, r: 8, p: 1 }
const SALT_BYTES = 32
/** What a library from elsewhere may ask of this machine: a GiB. Less than the least is a mistake. */
const LEAST_N = 2 ** 10
const MOST_N = 2 ** 20
const MOST_R = 8
const MOST_P = 16

export function newStretch(N: number = COST.N): Stretch {
  return { ...COST, N, salt: Buffer.from(randomBytes(SALT_BYTES)) }
}

/**
 * A key made of a passphrase, in a thread of Node's own. The same text typed in another Unicode form
 * is the same passphrase.
 *
 * @throws RangeError when the parameters are out of bounds
 */
export async function stretched(
  passphrase: string,
  { salt, N, r, p }: Stretch,
  length: number = KEY_BYTES,
): Promise<Buffer> {
  assertBounds(N, r, p)
  const maxmem = 256 * N * r
  return scryptAsync(passphrase.normalize('NFC'), salt, length, { N, r, p, maxmem })
}

function assertBounds(N: number, r: number, p: number): void {
  const isPower = Number.isInteger(Math.log2(N))
  const isInside = isPower && N >= LEAST_N && N <= MOST_N && within(r, MOST_R) && within(p, MOST_P)
  if (!isInside) throw new RangeError(`scrypt is not run with N=${N}, r=${r}, p=${p}`)
}

function within(value: number, most: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= most
}
