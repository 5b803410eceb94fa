import { describe, expect, it } from 'vitest'
import type { SnapshotId } from '../contract/ids.ts'
import type { PriceTable } from '../contract/money.ts'
import { Scene } from '../engine/testing/scene.ts'

const GIB = 2 ** 30

/** 10, 4 and 2 GiB: 16 stored, of which A alone reads 4, B none, C 2. */
async function abc() {
  const scene = await Scene.begin()
  const volumeId = await scene.managed(15 * GIB)
  const ids: SnapshotId[] = []
  for (const [at, gib] of [
    [0, 10],
    [6, 4],
    [10, 2],
  ] as const) {
    await scene.fill(volumeId, at * GIB, gib * GIB, `${at}`)
    ids.push(await scene.snapshot(volumeId))
  }
  return { scene, ids }
}

const OTHERS: PriceTable = {
  currency: 'EUR',
  writtenDown: '2026-01-31',
  source: 'a friend',
  standard: 1,
  archive: 0.5,
  archiveRetrieval: 0,
  fastRestore: 0,
}

describe('the cost report', () => {
  it('has what is stored, who is charged for it, and fair shares of the same sum', async () => {
    const { scene } = await abc()
    const { stored, snapshots, deletion } = await scene.engine.reportCost({ snapshotIds: [] })
    expect(stored).toEqual({ amount: 0.8, formula: '16 GiB x 0.05 = 0.8' })
    expect(snapshots.map(({ charged }) => charged.amount)).toEqual([0.5, 0.2, 0.1])
    const shares = snapshots.reduce((sum, { fairShare }) => sum + fairShare.amount, 0)
    expect(shares).toBeCloseTo(0.8, 9)
    expect(deletion).toBeNull()
  })

  it('counts a selection as a set: W12, B and C together save 6 GiB, singly 0 and 2', async () => {
    const { scene, ids } = await abc()
    const saved = async (...of: number[]) => {
      const snapshotIds = of.map((i) => ids[i]!)
      return (await scene.engine.reportCost({ snapshotIds })).deletion?.atOnce.amount
    }
    expect(await saved(1)).toBe(0)
    expect(await saved(2)).toBeCloseTo(0.1, 9)
    expect(await saved(1, 2)).toBeCloseTo(0.3, 9)
    const six = await scene.engine.deletionSaving({ snapshotIds: [ids[1]!, ids[2]!] })
    const saving = { amount: expect.closeTo(0.3, 9), formula: '6 GiB x 0.05 = 0.3' }
    expect(six).toMatchObject({ atOnce: saving, inTheEnd: saving })
  })

  it('W33: a volume of 1,000 GiB, 2 % of it changed a day, 30 kept: 1,580 GiB, 79.00', async () => {
    const scene = await Scene.begin()
    const volumeId = await scene.managed(1_000 * GIB)
    await scene.fill(volumeId, 0, 1_000 * GIB, 'day 0')
    await scene.snapshot(volumeId)
    for (let day = 1; day < 30; day += 1) {
      await scene.fill(volumeId, day * 20 * GIB, 20 * GIB, `day ${day}`)
      await scene.snapshot(volumeId)
    }
    const { stored, snapshots } = await scene.engine.reportCost({ snapshotIds: [] })
    expect(snapshots).toHaveLength(30)
    expect(stored).toEqual({ amount: 79, formula: '1580 GiB x 0.05 = 79' })
  })

  it('charges both tiers for what is restored for some days, and all accounts for the library', async () => {
    const { scene, ids } = await abc()
    const a = ids[0]!
    await scene.result('tier', scene.engine.archiveSnapshot({ snapshotId: a }))
    await scene.result('tier', scene.engine.restoreTier({ snapshotId: a, days: 1 }))
    const report = await scene.engine.reportCost({ snapshotIds: [] })
    const { stored, archived, snapshots, library, account } = report
    const whole = expect.closeTo(stored.amount + archived.amount, 9)
    const sum = (amounts: number[]) => amounts.reduce((all, each) => all + each, 0)
    expect(sum(snapshots.map(({ charged }) => charged.amount))).toEqual(whole)
    expect(sum(snapshots.map(({ fairShare }) => fairShare.amount))).toEqual(whole)
    expect(archived.amount).toBeCloseTo(0.125, 9)
    expect(snapshots[0]).toMatchObject({ archiving: null, retrieval: null })
    expect(library.amount).toEqual(whole)
    expect(account).toEqual(library)
    await scene.engine.addAccount({ accountId: '444455556666' })
    await scene.engine.useAccount({ account: '444455556666' })
    const other = await scene.engine.reportCost({ snapshotIds: [] })
    expect([other.stored.amount, other.account.amount]).toEqual([0, 0])
    expect(other.library).toEqual(library)
  })

  it('says when archiving pays', async () => {
    const { scene } = await abc()
    const { snapshots } = await scene.engine.reportCost({ snapshotIds: [] })
    expect(snapshots.map(({ archiving }) => archiving!.pays)).toEqual([true, false, false])
  })

  it('keeps other prices with the library', async () => {
    const { scene } = await abc()
    await scene.engine.setPrices(OTHERS)
    await scene.reopen()
    const { prices, stored } = await scene.engine.reportCost({ snapshotIds: [] })
    expect(prices).toEqual(OTHERS)
    expect(stored.amount).toBe(16)
  })

  it('has what is archived at its own price in the Recycle Bin, too', async () => {
    const { scene, ids } = await abc()
    const c = ids[2]!
    const amounts = async () => {
      const { stored, archived, binned } = await scene.engine.reportCost({ snapshotIds: [] })
      return [stored.amount / 0.05, archived.amount / 0.0125, binned.amount]
    }
    await scene.result('tier', scene.engine.archiveSnapshot({ snapshotId: c }))
    expect(await amounts()).toEqual([14, 12, 0].map((each) => expect.closeTo(each)))
    const savings = async () => {
      const { atOnce, inTheEnd } = await scene.engine.deletionSaving({ snapshotIds: [c] })
      return [atOnce.amount, inTheEnd.amount]
    }
    expect(await savings()).toEqual([expect.closeTo(0.15), expect.closeTo(0.15)])
    await scene.engine.addRetentionRule({ days: 1, tags: [], excludedTags: [] })
    expect(await savings()).toEqual([0, expect.closeTo(0.15)])
    await scene.remove([c])
    expect(await amounts()).toEqual([14, 12, 0.15].map((each) => expect.closeTo(each)))
    // Restored for some days it is in both tiers.
    await scene.engine.recoverSnapshot({ snapshotId: c })
    await scene.result('tier', scene.engine.restoreTier({ snapshotId: c, days: 1 }))
    expect(await savings()).toEqual([0, expect.closeTo(0.75)])
    await scene.remove([c])
    expect(await amounts()).toEqual([26, 12, 0.75].map((each) => expect.closeTo(each)))
  })
})
