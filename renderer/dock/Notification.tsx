import { X } from 'lucide-react'
import type { WorldEvent } from '../../core/contract/world-events.ts'
import { Button } from '../ui/Button.tsx'
import { CopyButton } from '../ui/CopyButton.tsx'
import { eventJson } from '../words/event-words.ts'

/** An event as a program gets it. */
export function Notification({ event, onClose }: { event: WorldEvent; onClose: () => void }) {
  const json = eventJson(event)
  return (
    <section aria-label="Notification" className="notification">
      <div className="notification-head">
        <h3>{event['detail-type']}</h3>
        <CopyButton label="Copy JSON" text={json} />
        <Button
          aria-label="Close the notification"
          icon={<X size={16} />}
          onClick={onClose}
          tone="ghost"
        />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so keys must reach it */}
      <pre className="selectable" tabIndex={0}>
        {json}
      </pre>
    </section>
  )
}
