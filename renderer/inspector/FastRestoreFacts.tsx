import { Switch } from '@mantine/core'
import { useEffect, useState } from 'react'
import { creditsAt, type FastRestore, isFastRestoreOn } from '../../core/contract/fast-restore.ts'
import type { LibraryView, Snapshot } from '../../core/contract/model.ts'
import { isForeign } from '../state/accounts.ts'
import { useApp } from '../state/context.ts'
import { fastRestoreOf } from '../state/fast-restore.ts'
import { isArchived } from '../state/tiers.ts'
import { creditWords, fastRestoreWords } from '../words/fast-restore-words.ts'
import { formatMoney } from '../words/money-format.ts'
import { MoneyFigure } from './MoneyFigure.tsx'

/** Often enough for ten credits an hour. */
const TICK_MS = 10_000

type Props = { library: LibraryView; snapshot: Snapshot }

/** The switch of fast snapshot restore, its credits, and what it costs. */
export function FastRestoreFacts({ library, snapshot }: Props) {
  const set = useApp((state) => state.setFastRestore)
  if (isArchived(snapshot)) return null
  const fast = fastRestoreOf(library, snapshot.snapshotId)
  return (
    <section aria-label="Fast restore">
      <div className="key-row">
        <h3>Fast restore</h3>
        <span className="value is-light">{fast?.state ?? 'off'}</span>
        <Switch
          aria-label={`Fast restore of ${snapshot.name}`}
          checked={fast !== null && isFastRestoreOn(fast)}
          onChange={(event) => void set(snapshot.snapshotId, event.currentTarget.checked)}
          size="xs"
        />
      </div>
      {fast?.state === 'enabled' && <Credits fast={fast} />}
      <p className="sec small">{fastRestoreWords(fast)}</p>
      <FastRestoreCosts fast={fast} library={library} snapshot={snapshot} />
    </section>
  )
}

function Credits({ fast }: { fast: FastRestore }) {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS)
    return () => clearInterval(timer)
  }, [])
  const credits = creditsAt(fast, Math.max(now, fast.countedAt))
  return (
    <>
      <div aria-hidden className="progress credit-gauge">
        <span style={{ width: `${(credits / fast.maxCredits) * 100}%` }} />
      </div>
      <p className="small">Credits: {creditWords(credits, fast)}</p>
    </>
  )
}

function FastRestoreCosts({ fast, library, snapshot }: Props & { fast: FastRestore | null }) {
  const shows = useApp((state) => state.showsCosts)
  const costs = useApp((state) => state.costs)
  const refresh = useApp((state) => state.refreshCosts)
  const { revision } = library
  // With the figures of an own one its costs are asked for already.
  const asks = shows && isForeign(library, snapshot)
  useEffect(() => {
    if (asks && revision >= 0) void refresh()
  }, [asks, revision, refresh])
  if (!shows || costs === null) return null
  const { prices, fastRestores } = costs
  const cost = fastRestores.find(({ snapshotId }) => snapshotId === snapshot.snapshotId)
  if (fast === null || cost === undefined || !isFastRestoreOn(fast)) {
    return (
      <p className="sec small">
        On, it costs {formatMoney(prices.fastRestore, prices.currency)} an hour.
      </p>
    )
  }
  return (
    <>
      <MoneyFigure
        label="If on for a month"
        money={cost.month}
        prices={prices}
        sentence="One snapshot in one zone, for every hour of 30 days that it is on, however many volumes are made."
      />
      {fast.state === 'enabled' && (
        <MoneyFigure
          label="So far"
          money={cost.soFar}
          prices={prices}
          sentence="Since it was enabled, by the minute, and for an hour at the least."
        />
      )}
    </>
  )
}
