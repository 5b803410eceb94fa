import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'
import { json, parsedRows } from './parsed-rows.ts'

const blob = z.instanceof(Buffer)
const Stretching = z.strictObject({
  salt: z.string().transform((text) => Buffer.from(text, 'base64')),
  N: z.int(),
  r: z.int(),
  p: z.int(),
})

/** One way to the key that wraps all other keys of the library. */
const KeyGuard = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('passphrase'),
    stretch: json(Stretching),
    wrapped: blob,
  }),
  /** Sealed by the store of the operating system. */
  z.strictObject({ kind: z.literal('system'), stretch: z.null(), wrapped: blob }),
])
export type KeyGuard = z.infer<typeof KeyGuard>

/** Rows of `key_guard`. */
export class KeyGuards {
  readonly #all: Statement
  readonly #set: Statement

  constructor(db: Database) {
    this.#all = db.prepare('SELECT kind, stretch, wrapped FROM key_guard')
    this.#set = db.prepare(`
      INSERT INTO key_guard (kind, stretch, wrapped) VALUES (@kind, @stretch, @wrapped)
      ON CONFLICT (kind) DO UPDATE SET stretch = excluded.stretch, wrapped = excluded.wrapped`)
  }

  all(): KeyGuard[] {
    return parsedRows(KeyGuard, this.#all.all())
  }

  /** In place of the one of its kind. */
  set({ kind, stretch, wrapped }: KeyGuard): void {
    const text = stretch && JSON.stringify({ ...stretch, salt: stretch.salt.toString('base64') })
    this.#set.run({ kind, stretch: text, wrapped })
  }
}
