import { useApp } from '../state/context.ts'

/** Says results aloud without moving the focus; failures interrupt. */
export function LiveRegion() {
  const { text, isUrgent, serial } = useApp((state) => state.announcement)
  // Two identical sentences in a row must both be said: the text node is made anew.
  const said = <span key={serial}>{text}</span>
  return (
    <div className="hidden-text">
      <div aria-live="polite" role="status">
        {!isUrgent && said}
      </div>
      <div aria-live="assertive" role="alert">
        {isUrgent && said}
      </div>
    </div>
  )
}
