import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/*
 * AES-256-GCM, as it is used for all that is kept secret here.
 * (1) A nonce is 96 random bits, made anew for every sealing and kept beside what was sealed: one
 *     key seals at most 2^32 things, and then two are alike with a chance of 1 in 2^33.
 * (2) The tag has 16 bytes; a shorter one is not accepted. Nothing is handed out before it is right.
 * (3) What a sealed thing belongs to is bound to it (`context`), so that it opens nowhere else.
 * Only what Electron's BoringSSL has as well is used: AES-256-GCM, SHA-2, HMAC, HKDF and scrypt.
 */

export const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16
/** What sealing adds: the nonce before, the tag after. */
export const SEAL_BYTES = NONCE_BYTES + TAG_BYTES

const CIPHER = 'aes-256-gcm'
const TAG = { authTagLength: TAG_BYTES }

export function newKey(): Buffer {
  return randomBytes(KEY_BYTES)
}

/** @returns nonce, ciphertext and tag */
export function seal(
  key: Uint8Array,
  plain: Uint8Array,
  context: Uint8Array,
  nonce: Uint8Array = randomBytes(NONCE_BYTES),
): Buffer {
  const cipher = createCipheriv(CIPHER, key, nonce, TAG).setAAD(context)
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** @returns what was sealed; null when it was not sealed with this key for this context */
export function unseal(key: Uint8Array, sealed: Uint8Array, context: Uint8Array): Buffer | null {
  if (sealed.length < SEAL_BYTES) return null
  const end = sealed.length - TAG_BYTES
  const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, NONCE_BYTES), TAG)
  decipher.setAAD(context).setAuthTag(sealed.subarray(end))
  const plain = decipher.update(sealed.subarray(NONCE_BYTES, end))
  try {
    decipher.final()
    return plain
  } catch {
    // All that `final` can say: the tag is another.
    plain.fill(0)
    return null
  }
}

/** A key for one purpose, made of another by HKDF-SHA-256. */
export function derivedKey(key: Uint8Array, salt: Uint8Array, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, salt, purpose, KEY_BYTES))
}

/** Fields as bytes that no other fields make: each has its length before it. */
export function contextOf(...fields: readonly (string | number)[]): Buffer {
  const parts = fields.map((field) => Buffer.from(String(field)))
  return Buffer.concat(
    parts.flatMap((part) => {
      const length = Buffer.alloc(4)
      length.writeUInt32LE(part.length)
      return [length, part]
    }),
  )
}
