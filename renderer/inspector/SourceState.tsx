import { TriangleAlert } from 'lucide-react'
import { ActionButton } from '../ui/Button.tsx'
import type { SourceWords } from '../words/source-words.ts'

/** What became of a linked image or of stored data, what it means, and what can be done. */
export function SourceState({ words }: { words: SourceWords }) {
  const isInTheWay = words.actionIds.length > 0
  return (
    <div className="source-state" data-blocking={isInTheWay || undefined} role="note">
      <h3>
        <TriangleAlert aria-hidden size={16} />
        {words.title}
      </h3>
      <p>{words.body}</p>
      {isInTheWay && (
        <div className="source-actions">
          {words.actionIds.map((id) => (
            <ActionButton actionId={id} key={id} />
          ))}
        </div>
      )}
    </div>
  )
}
