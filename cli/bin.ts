import { StrataError } from '../core/contract/errors.ts'
import { RuleId } from '../core/contract/ids.ts'
import type { BinnedSnapshot, RetentionRule } from '../core/contract/recycle-bin.ts'
import { formatSize } from '../core/contract/size-text.ts'
import type { Tag } from '../core/contract/tags.ts'
import { type Answer, answer } from './answer.ts'
import { snapshotText } from './describe.ts'
import { unknownSnapshot } from './find.ts'
import { formatInstant } from './instant.ts'
import { BinJson, RuleJson, RuleListJson, SnapshotFactsJson } from './json.ts'
import type { Library } from './library.ts'
import { tagText } from './marks.ts'
import { snapshotFacts } from './snapshot-facts.ts'
import { safeName, table } from './table.ts'

/** The options of `bin rules add`, as they are given. */
export type RuleOptions = {
  readonly days: number
  readonly tag?: Tag[]
  readonly except?: Tag[]
}

export async function listBin(library: Library): Promise<Answer> {
  const all = await library.engine.listBin()
  const snapshots = all.filter((each) => library.isAskedAbout(each))
  const text = table(
    [
      { heading: 'Id' },
      { heading: 'Name' },
      { heading: 'Region' },
      { heading: 'Deleted' },
      { heading: 'Leaves' },
      { heading: 'Stored here', isFigure: true },
      { heading: 'Released then', isFigure: true },
    ],
    snapshots.map((each) => [
      each.snapshotId,
      safeName(each.name),
      each.region,
      formatInstant(each.enteredAt),
      formatInstant(each.exitsAt),
      formatSize(each.storedHereBytes),
      formatSize(each.releasedAtExitBytes),
    ]),
  )
  return answer(BinJson, { snapshots }, snapshots.length === 0 ? 'The bin is empty.' : text)
}

export async function recoverSnapshot(library: Library, text: string): Promise<Answer> {
  const { snapshotId } = findBinned(await library.engine.listBin(), text)
  const snapshot = await library.engine.recoverSnapshot({ snapshotId })
  const view = await library.engine.describeLibrary()
  const told = await snapshotFacts(library, view, snapshot)
  return answer(SnapshotFactsJson, told, snapshotText(view, snapshot))
}

export async function listRules(library: Library): Promise<Answer> {
  const all = await library.engine.listRetentionRules()
  const rules = all.filter((each) => library.isAskedAbout(each))
  const text = table(
    [
      { heading: 'Id' },
      { heading: 'Region' },
      { heading: 'Days', isFigure: true },
      { heading: 'Of' },
    ],
    rules.map((rule) => [rule.ruleId, rule.region, String(rule.days), scopeText(rule)]),
  )
  return answer(RuleListJson, { rules }, rules.length === 0 ? 'There are no rules.' : text)
}

export async function addRule({ engine }: Library, options: RuleOptions): Promise<Answer> {
  const { days, tag = [], except = [] } = options
  return told('Keeps', await engine.addRetentionRule({ days, tags: tag, excludedTags: except }))
}

export async function removeRule({ engine }: Library, text: string): Promise<Answer> {
  const id = RuleId.safeParse(text)
  if (!id.success) throw new StrataError('RULE_UNKNOWN', { rule: text })
  return told('Does not keep any more', await engine.removeRetentionRule({ ruleId: id.data }))
}

function told(verb: string, rule: RetentionRule): Answer {
  const text = `${verb} ${scopeText(rule)} in ${rule.region} for ${rule.days} days (${rule.ruleId})`
  return answer(RuleJson, rule, text)
}

function scopeText({ tags, excludedTags }: RetentionRule): string {
  if (tags.length > 0) return `snapshots tagged ${tagText(tags)}`
  return excludedTags.length === 0
    ? 'all snapshots'
    : `all snapshots but those tagged ${tagText(excludedTags)}`
}

/**
 * What lies in the bin and is meant by an id, else by a name.
 *
 * @throws StrataError InvalidSnapshot.NotFound, InvalidSnapshotID.Malformed, NAME_AMBIGUOUS
 */
function findBinned(bin: readonly BinnedSnapshot[], text: string): BinnedSnapshot {
  const byId = bin.filter(({ snapshotId }) => snapshotId === text)
  const [found, ...others] = byId.length > 0 ? byId : bin.filter(({ name }) => name === text)
  if (found === undefined) throw unknownSnapshot(text)
  if (others.length > 0) {
    const ids = [found, ...others].map(({ snapshotId }) => snapshotId).join(', ')
    throw new StrataError('NAME_AMBIGUOUS', { name: text, kind: 'snapshot in the bin', ids })
  }
  return found
}
