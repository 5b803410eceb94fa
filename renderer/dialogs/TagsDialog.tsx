import { Textarea } from '@mantine/core'
import { useState } from 'react'
import type { Snapshot } from '../../core/contract/model.ts'
import { isReservedKey } from '../../core/contract/tags.ts'
import { useApp } from '../state/context.ts'
import { linesOf, tagsIn } from '../words/tag-words.ts'
import { Sheet } from './Sheet.tsx'

/** Words on a snapshot, by which rules find it. */
export function TagsDialog({ snapshot }: { snapshot: Snapshot }) {
  const replace = useApp((state) => state.replaceTags)
  const own = snapshot.tags.filter(({ key }) => !isReservedKey(key))
  const [text, setText] = useState(linesOf(own))
  const tags = tagsIn(text)
  return (
    <Sheet
      canSubmit={typeof tags !== 'string'}
      onSubmit={() => {
        if (typeof tags !== 'string') void replace(snapshot.snapshotId, own, tags)
      }}
      submit="Set tags"
      title={`Tags of ${snapshot.name}`}
    >
      <Textarea
        autosize
        data-autofocus
        description="One a line, as in env=prod. Rules of the Recycle Bin find snapshots by them."
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
