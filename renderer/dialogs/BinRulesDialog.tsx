import { Textarea, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { LibraryView } from '../../core/contract/model.ts'
import {
  MAX_EXCLUDED_TAGS,
  MAX_RETENTION_DAYS,
  type RetentionRule,
} from '../../core/contract/recycle-bin.ts'
import { useApp } from '../state/context.ts'
import { Button } from '../ui/Button.tsx'
import { count } from '../words/names.ts'
import { ruleWords, tagsIn } from '../words/tag-words.ts'
import { wholeNumber } from '../words/whole-number.ts'
import { Sheet } from './Sheet.tsx'

/** Which deleted snapshots can be recovered, and for how long. */
export function BinRulesDialog({ library }: { library: LibraryView }) {
  const refresh = useApp((state) => state.refreshRetentionRules)
  const rules = useApp((state) => state.retentionRules)
  const add = useApp((state) => state.addRetentionRule)
  const [typedDays, setTypedDays] = useState('7')
  const [typedTags, setTypedTags] = useState('')
  const [typedExcluded, setTypedExcluded] = useState('')
  const { revision, regions } = library
  useEffect(() => {
    if (revision >= 0) void refresh()
  }, [refresh, revision])
  const days = wholeNumber(typedDays, 1, MAX_RETENTION_DAYS)
  const tags = tagsIn(typedTags)
  const isForAll = typedTags.trim() === ''
  const excludedTags = isForAll ? excludedIn(typedExcluded) : []
  const rule =
    days === null || typeof tags === 'string' || typeof excludedTags === 'string'
      ? null
      : { days, tags, excludedTags }
  const region = regions.find(({ isCurrent }) => isCurrent)?.name ?? ''
  return (
    <Sheet
      canSubmit={rule !== null}
      onSubmit={() => {
        if (rule !== null) void add(rule)
      }}
      submit="Add rule"
      title="Rules of the Recycle Bin"
    >
      <p className="sec">
        A deleted snapshot that a rule matches can be recovered for its days. Until then nothing of
        it is released. If several match, the longest counts.
      </p>
      {rules.length > 0 && (
        <ul className="rule-list">
          {rules.map((rule) => (
            <RuleRow key={rule.ruleId} rule={rule} />
          ))}
        </ul>
      )}
      <TextInput
        data-autofocus
        description={`1 to ${MAX_RETENTION_DAYS}`}
        error={days === null && 'Nothing can be kept for so long.'}
        inputMode="numeric"
        label="Days to keep"
        onChange={(event) => setTypedDays(event.currentTarget.value)}
        value={typedDays}
      />
      <Textarea
        autosize
        description={`One a line; none: every snapshot in ${region}`}
        error={typeof tags === 'string' ? tags : null}
        label="Of snapshots with one of these tags"
        maxRows={5}
        minRows={2}
        onChange={(event) => setTypedTags(event.currentTarget.value)}
        spellCheck={false}
        value={typedTags}
      />
      {isForAll && (
        <Textarea
          autosize
          description={`One a line, ${MAX_EXCLUDED_TAGS} at most`}
          error={typeof excludedTags === 'string' ? excludedTags : null}
          label="But not those with one of these"
          maxRows={5}
          minRows={2}
          onChange={(event) => setTypedExcluded(event.currentTarget.value)}
          spellCheck={false}
          value={typedExcluded}
        />
      )}
    </Sheet>
  )
}

/** Tags that keep a snapshot out of a rule for a whole region. A string: what is wrong. */
function excludedIn(text: string) {
  const tags = tagsIn(text)
  if (typeof tags === 'string' || tags.length <= MAX_EXCLUDED_TAGS) return tags
  return `${MAX_EXCLUDED_TAGS} tags can be left out at most.`
}

function RuleRow({ rule }: { rule: RetentionRule }) {
  const remove = useApp((state) => state.removeRetentionRule)
  const { ruleId, days } = rule
  const whose = ruleWords(rule)
  return (
    <li>
      <span>
        {count(days, 'day')}: {whose}
      </span>
      <Button aria-label={`Remove the rule for ${whose}`} onClick={() => void remove({ ruleId })}>
        Remove
      </Button>
    </li>
  )
}
