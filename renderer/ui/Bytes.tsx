import { byteText } from '../words/byte-format.ts'

/** A size with its unit in a lighter weight. */
export function Bytes({ value, isSigned = false }: { value: number; isSigned?: boolean }) {
  const text = byteText(value)
  return (
    <>
      {isSigned && value > 0 ? '+' : ''}
      {text.value}
      <span className="unit">&nbsp;{text.unit}</span>
    </>
  )
}
