import { Textarea } from '@mantine/core'
import { useState } from 'react'
import type { Input } from '../../core/contract/calls.ts'
import { isReservedKey, type Tag } from '../../core/contract/tags.ts'
import { useApp } from '../state/context.ts'
import { linesOf, tagsIn } from '../words/tag-words.ts'
import { Sheet } from './Sheet.tsx'

type Props = {
  resourceId: Input<'setTags'>['resourceId']
  name: string
  before: readonly Tag[]
  /** What they are for, or who sees them. */
  hint: string
}

/** The account's words on a snapshot, a volume or an image. */
export function TagsDialog({ resourceId, name, before, hint }: Props) {
  const replace = useApp((state) => state.replaceTags)
  const own = before.filter(({ key }) => !isReservedKey(key))
  const [text, setText] = useState(linesOf(own))
  const tags = tagsIn(text)
  return (
    <Sheet
      canSubmit={typeof tags !== 'string'}
      onSubmit={() => {
        if (typeof tags !== 'string') void replace(resourceId, own, tags)
      }}
      submit="Set tags"
      title={`Tags of ${name}`}
    >
      <Textarea
        autosize
        data-autofocus
        description={`One a line, as in env=prod. ${hint}`}
        error={typeof tags === 'string' ? tags : null}
        label="Tags"
        minRows={4}
        maxRows={10}
        onChange={(event) => setText(event.currentTarget.value)}
        spellCheck={false}
        value={text}
      />
    </Sheet>
  )
}
