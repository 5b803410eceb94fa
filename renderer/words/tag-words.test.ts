import { expect, it } from 'vitest'
import type { RetentionRule } from '../../core/contract/recycle-bin.ts'
import { linesOf, ruleWords, tagsIn } from './tag-words.ts'

it('reads back the tags that it writes', () => {
  const tags = [
    { key: 'env', value: 'prod' },
    { key: 'a', value: 'x = y' },
  ]
  expect(tagsIn(linesOf(tags))).toEqual(tags)
  expect(tagsIn(' env = prod \n\nbare')).toEqual([
    { key: 'env', value: 'prod' },
    { key: 'bare', value: '' },
  ])
})

it('says what is wrong with a line', () => {
  expect(tagsIn('=x')).toMatch(/no key/)
  expect(tagsIn('aws:x=1')).toMatch(/system/)
  expect(tagsIn('a=1\na=2')).toMatch(/twice/)
  expect(tagsIn(`${'k'.repeat(128)}=1`)).toMatch(/127/)
  expect(tagsIn(Array.from({ length: 51 }, (_, i) => `k${i}=`).join('\n'))).toMatch(/50/)
})

it('says which snapshots a rule keeps, and which it leaves out', () => {
  const rule = { region: 'local', tags: [], excludedTags: [] } as unknown as RetentionRule
  const [env, bare] = tagsIn('env=prod\nbare') as Exclude<ReturnType<typeof tagsIn>, string>
  expect(ruleWords(rule)).toBe('all snapshots in local')
  expect(ruleWords({ ...rule, tags: [env!, bare!] })).toBe('in local with env=prod or bare=')
  expect(ruleWords({ ...rule, excludedTags: [env!] })).toBe(
    'all snapshots in local but those with env=prod',
  )
})
