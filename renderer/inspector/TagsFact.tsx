import { TagIcon } from 'lucide-react'
import { isReservedKey, type Tag } from '../../core/contract/tags.ts'

/** The account's tags on something, in one line. What the system gave is told in words elsewhere. */
export function TagsFact({ tags }: { tags: readonly Tag[] }) {
  const given = tags.filter(({ key }) => !isReservedKey(key))
  if (given.length === 0) return null
  return (
    <p className="sec fact-line">
      <TagIcon aria-hidden size={14} />
      <span className="selectable">
        {given.map(({ key, value }) => (value === '' ? key : `${key}=${value}`)).join(', ')}
      </span>
    </p>
  )
}
