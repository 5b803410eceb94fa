import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'
import { Instant } from '../contract/ids.ts'
import type { Erasures } from './erasures.ts'
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
    madeAt: z.null(),
    wrapped: blob,
  }),
  /** Sealed by the store of the operating system. */
  z.strictObject({ kind: z.literal('system'), stretch: z.null(), madeAt: z.null(), wrapped: blob }),
  /** Under a key that is written down somewhere else. */
  z.strictObject({
    kind: z.literal('recovery'),
    stretch: z.null(),
    madeAt: Instant,
    wrapped: blob,
  }),
])
export type KeyGuard = z.infer<typeof KeyGuard>
export type GuardOf<Kind extends KeyGuard['kind']> = Extract<KeyGuard, { kind: Kind }>

/** Rows of `key_guard`. */
export class KeyGuards {
  readonly #erasures: Erasures
  readonly #all: Statement
  readonly #set: Statement
  readonly #remove: Statement<[KeyGuard['kind']]>

  constructor(db: Database, erasures: Erasures) {
    this.#erasures = erasures
    this.#all = db.prepare('SELECT kind, stretch, made_at AS madeAt, wrapped FROM key_guard')
    this.#set = db.prepare(`
      INSERT INTO key_guard (kind, stretch, made_at, wrapped)
      VALUES (@kind, @stretch, @madeAt, @wrapped)
      ON CONFLICT (kind) DO UPDATE
      SET stretch = excluded.stretch, made_at = excluded.made_at, wrapped = excluded.wrapped`)
    this.#remove = db.prepare('DELETE FROM key_guard WHERE kind = ?')
  }

  all(): KeyGuard[] {
    return parsedRows(KeyGuard, this.#all.all())
  }

  of<Kind extends KeyGuard['kind']>(kind: Kind): GuardOf<Kind> | undefined {
    return this.all().find((guard): guard is GuardOf<Kind> => guard.kind === kind)
  }

  /** In place of the one of its kind. */
  set({ kind, stretch, madeAt, wrapped }: KeyGuard): void {
    const text = stretch && JSON.stringify({ ...stretch, salt: stretch.salt.toString('base64') })
    this.#erasures.overwrite(() => this.#set.run({ kind, stretch: text, madeAt, wrapped }))
  }

  remove(kind: KeyGuard['kind']): void {
    this.#erasures.overwrite(() => this.#remove.run(kind))
  }
}
