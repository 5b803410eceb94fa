import { TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { LIST_PRICES, type PriceTable } from '../../core/contract/money.ts'
import type { WireError } from '../../core/contract/wire-error.ts'
import { useApp } from '../state/context.ts'
import { Button } from '../ui/Button.tsx'
import { type PriceDraft, priceDraftOf, priceProblems, pricesIn } from '../words/price-draft.ts'
import { Sheet } from './Sheet.tsx'

type Field = { field: keyof PriceTable; label: string; per?: string; maxLength: number }

const MAX_SOURCE_LENGTH = 255
const MAX_AMOUNT_LENGTH = 24

const SOURCE: Field = { field: 'source', label: 'Whose prices', maxLength: MAX_SOURCE_LENGTH }
const PAIRS: readonly Field[] = [
  { field: 'writtenDown', label: 'Written down on', maxLength: 10 },
  { field: 'currency', label: 'Currency', maxLength: 3 },
  { field: 'standard', label: 'Standard tier', per: 'A GiB and month' },
  { field: 'archive', label: 'Archive tier', per: 'A GiB and month' },
  { field: 'archiveRetrieval', label: 'Restoring from the archive', per: 'A GiB, once' },
  { field: 'fastRestore', label: 'Fast restore', per: 'A snapshot and hour' },
].map((each) => ({ maxLength: MAX_AMOUNT_LENGTH, ...each }) as Field)

/** The table that costs are counted with, since when it holds and whose it is. */
export function PricesDialog() {
  const refresh = useApp((state) => state.refreshCosts)
  const prices = useApp((state) => state.costs?.prices)
  useEffect(() => {
    void refresh()
  }, [refresh])
  return prices === undefined ? null : <PricesForm prices={prices} />
}

function PricesForm({ prices }: { prices: PriceTable }) {
  const keep = useApp((state) => state.keepPrices)
  const [typed, setTyped] = useState<Partial<PriceDraft>>({})
  const [refusal, setRefusal] = useState<WireError | null>(null)
  const [isAsking, setAsking] = useState(false)
  const draft = { ...priceDraftOf(prices), ...typed }
  const wanted = pricesIn(draft)
  const problems = priceProblems(draft)
  const submit = async () => {
    if (wanted === null) return
    setAsking(true)
    setRefusal(await keep(wanted))
    setAsking(false)
  }
  const input = ({ field, label, per, maxLength }: Field) => (
    <TextInput
      description={per}
      error={problems[field]}
      key={field}
      label={label}
      maxLength={maxLength}
      onChange={({ currentTarget: { value } }) => setTyped({ ...typed, [field]: value })}
      spellCheck={false}
      value={draft[field]}
    />
  )
  return (
    <Sheet
      canSubmit={wanted !== null && !isAsking && !isSame(wanted, prices)}
      onSubmit={() => void submit()}
      staysOpen
      submit="Count with these"
      title="Prices"
    >
      <p className="sec">
        Costs in this library are counted with these, for all its accounts and regions.
      </p>
      {input(SOURCE)}
      <div className="sheet-pair">{PAIRS.map(input)}</div>
      <div>
        <Button
          disabled={wanted !== null && isSame(wanted, LIST_PRICES)}
          onClick={() => setTyped(priceDraftOf(LIST_PRICES))}
        >
          Fill in AWS’s list prices
        </Button>
      </div>
      {refusal !== null && (
        <p className="is-dangerous" role="alert">
          {refusal.message} {refusal.remedy}
        </p>
      )}
    </Sheet>
  )
}

function isSame(one: PriceTable, other: PriceTable): boolean {
  const before = priceDraftOf(other)
  return Object.entries(priceDraftOf(one)).every(
    ([field, text]) => before[field as keyof PriceTable] === text,
  )
}
