import type { ArchiveAdvice } from '../../core/contract/money.ts'
import { formatMoney } from './money-format.ts'

/** What archiving changes in what is paid a month: "It saves $0.08 a month." */
export function adviceWords(
  { monthlyChange: { amount } }: ArchiveAdvice,
  currency: string,
): string {
  if (amount < 0) return `It saves ${formatMoney(-amount, currency)} a month.`
  if (amount === 0) return 'What is paid a month stays the same.'
  return `It costs ${formatMoney(amount, currency)} more a month.`
}
