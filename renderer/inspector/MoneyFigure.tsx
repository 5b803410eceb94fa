import { Popover } from '@mantine/core'
import { useState } from 'react'
import type { Money, PriceTable } from '../../core/contract/money.ts'
import { formatMoney, formulaText, priceSource } from '../words/money-format.ts'

type Props = {
  label: string
  money: Money
  prices: PriceTable
  sentence: string
  /** What those below it are parts of. */
  isWhole?: boolean
}

/** An amount a month; pointing at its sign or focusing it tells how it comes about. */
export function MoneyFigure({ label, money, prices, sentence, isWhole }: Props) {
  const [isOpen, setOpen] = useState(false)
  return (
    <div className="figure money-figure" data-whole={isWhole}>
      <span>{label}</span>
      <span className="value">{formatMoney(money.amount, prices.currency)}</span>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the button in it does the same by key */}
      <span onMouseEnter={() => setOpen(true)} onMouseLeave={() => setOpen(false)}>
        <Popover
          offset={2}
          onChange={setOpen}
          opened={isOpen}
          position="left"
          trapFocus={false}
          width={260}
        >
          <Popover.Target>
            <button
              aria-label={`How does ${label.toLowerCase()} come about?`}
              className="figure-info"
              onBlur={() => setOpen(false)}
              onFocus={() => setOpen(true)}
              type="button"
            >
              i
            </button>
          </Popover.Target>
          <Popover.Dropdown>
            <p className="sec small">{formulaText(money)}</p>
            <p className="selectable">{sentence}</p>
            <p className="sec small">{priceSource(prices)}</p>
          </Popover.Dropdown>
        </Popover>
      </span>
    </div>
  )
}
