import { TriangleAlert } from 'lucide-react'
import type { VolumeSource } from '../../core/contract/model.ts'
import { ActionButton } from '../ui/Button.tsx'
import { sourceWords } from '../words/source-words.ts'

/** What became of a linked image, what it means, and what can be done; nothing when all is well. */
export function SourceState({ source, base }: { source: VolumeSource; base: string | null }) {
  const words = sourceWords(source, base)
  if (words === null) return null
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
