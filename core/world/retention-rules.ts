import type { Input } from '../contract/calls.ts'
import { StrataError } from '../contract/errors.ts'
import { RuleId } from '../contract/ids.ts'
import {
  MAX_EXCLUDED_TAGS,
  MAX_RETENTION_DAYS,
  MAX_RULE_TAGS,
  MAX_RULES,
  type RetentionRule,
} from '../contract/recycle-bin.ts'
import type { Tag } from '../contract/tags.ts'
import { regionOption } from '../engine/command-line.ts'
import type { Context } from '../engine/context.ts'
import { newId } from '../engine/ids.ts'
import { toldChange } from '../engine/told-change.ts'

export function addRetentionRule(
  { library, clock }: Context,
  { days, tags, excludedTags }: Input<'addRetentionRule'>,
): RetentionRule {
  const { region, account } = library
  const count = library.retentionRules.of(account).filter((rule) => rule.region === region).length
  const problem = problemOf(days, tags, excludedTags, count)
  if (problem !== undefined) throw new StrataError('RULE_REFUSED', { problem })
  const ruleId = newId(RuleId, 'rule')
  const rule = { ruleId, accountId: account, region, days, tags, excludedTags }
  const title = `Added a retention rule of ${days} days`
  const command = ['bin', 'rules', 'add', ...wordsOf(rule), ...regionOption(library)]
  toldChange({ library, clock }, { title, command }, () => library.retentionRules.insert(rule))
  return rule
}

/** What is in the bin already stays there until its time is over. */
export function removeRetentionRule(
  { library, clock }: Context,
  { ruleId }: Input<'removeRetentionRule'>,
): RetentionRule {
  const rule = library.retentionRules.of(library.account).find((each) => each.ruleId === ruleId)
  if (rule === undefined) throw new StrataError('RULE_UNKNOWN', { rule: ruleId })
  const line = { title: 'Removed a retention rule', command: ['bin', 'rules', 'rm', ruleId] }
  toldChange({ library, clock }, line, () => library.retentionRules.remove(ruleId))
  return rule
}

function problemOf(
  days: number,
  tags: readonly Tag[],
  excludedTags: readonly Tag[],
  count: number,
): string | undefined {
  if (days < 1 || days > MAX_RETENTION_DAYS) {
    return `a snapshot stays 1 to ${MAX_RETENTION_DAYS} days, not ${days}`
  }
  if (tags.length > MAX_RULE_TAGS) return `it names more than ${MAX_RULE_TAGS} tags`
  if (excludedTags.length > MAX_EXCLUDED_TAGS) {
    return `it leaves out more than ${MAX_EXCLUDED_TAGS} tags`
  }
  if (tags.length > 0 && excludedTags.length > 0) {
    return 'only a rule for a whole region can leave out tags'
  }
  return count >= MAX_RULES ? `there are ${MAX_RULES} in this region already` : undefined
}

function wordsOf({ days, tags, excludedTags }: RetentionRule): string[] {
  const options = (name: string, given: readonly Tag[]) =>
    given.flatMap(({ key, value }) => [name, `${key}=${value}`])
  return ['--days', String(days), ...options('--tag', tags), ...options('--except', excludedTags)]
}
