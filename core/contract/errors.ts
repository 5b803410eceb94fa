import { ERRORS } from './error-texts.ts'
import type { WireError } from './wire-error.ts'

export type ErrorCode = keyof typeof ERRORS
export type ErrorData<C extends ErrorCode> = Parameters<(typeof ERRORS)[C]['says']>[0]
export const errorCodes = Object.keys(ERRORS) as ErrorCode[]

/** Thrown for every expected failure. Anything else thrown is a defect and stays an Error. */
export class StrataError<C extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'StrataError'
  readonly code: C
  readonly data: ErrorData<C>

  constructor(code: C, data: ErrorData<C>, options?: ErrorOptions) {
    const says = ERRORS[code].says as (data: ErrorData<C>) => string
    super(says(data), options)
    this.code = code
    this.data = data
  }

  get remedy(): string {
    const remedy = ERRORS[this.code].remedy as string | ((data: ErrorData<C>) => string)
    return typeof remedy === 'string' ? remedy : remedy(this.data)
  }
}

/** A defect crosses as INTERNAL, without its text: that may name things a page must not know. */
export function toWire(thrown: unknown): WireError {
  const error =
    thrown instanceof StrataError ? thrown : new StrataError('INTERNAL', { thrown: String(thrown) })
  return { code: error.code, message: error.message, remedy: error.remedy }
}
