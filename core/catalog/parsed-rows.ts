import { z } from 'zod'
import { show } from '../contract/show.ts'

/** A row that no Strata wrote. */
export class ImpossibleRowError extends Error {
  override readonly name = 'ImpossibleRowError'
}

/**
 * Rows, or single values, as the schema has them: the file may come from elsewhere, or be damaged.
 *
 * @throws ImpossibleRowError naming the row and the field that cannot be
 */
export function parsedRows<Schema extends z.ZodType>(
  schema: Schema,
  rows: readonly unknown[],
): z.infer<Schema>[] {
  return rows.map((row) => parsedRow(schema, row))
}

/** @throws ImpossibleRowError as `parsedRows` */
export function parsedRow<Schema extends z.ZodType>(schema: Schema, row: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(row)
  if (parsed.success) return parsed.data
  const field = parsed.error.issues[0]?.path.join('.')
  const message = field ? `${nameOf(row)} has no possible ${field}` : `${nameOf(row)} cannot be`
  throw new ImpossibleRowError(message, { cause: parsed.error })
}

/** A column that holds a value as JSON. */
export const json = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .string()
    .transform((text, { addIssue }) => {
      try {
        return JSON.parse(text)
      } catch {
        addIssue({ code: 'custom', message: 'is no JSON' })
        return z.NEVER
      }
    })
    .pipe(schema)

function nameOf(row: unknown): string {
  const id = row !== null && typeof row === 'object' && 'id' in row ? row.id : row
  return typeof id === 'object' ? 'A row' : show(String(id))
}
