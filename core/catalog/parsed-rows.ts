import type { z } from 'zod'
import { show } from '../contract/show.ts'

/** A row that no Strata wrote. */
export class ImpossibleRowError extends Error {
  override readonly name = 'ImpossibleRowError'
}

/**
 * Rows as the schema has them: the file may come from elsewhere, or be damaged.
 *
 * @throws ImpossibleRowError naming the row and the field that cannot be
 */
export function parsedRows<Schema extends z.ZodType>(
  schema: Schema,
  rows: readonly unknown[],
): z.infer<Schema>[] {
  return rows.map((row) => {
    const parsed = schema.safeParse(row)
    if (parsed.success) return parsed.data
    const { id } = row as { id?: unknown }
    const field = parsed.error.issues[0]?.path.join('.')
    throw new ImpossibleRowError(`${show(String(id))} has no possible ${field}`, {
      cause: parsed.error,
    })
  })
}
