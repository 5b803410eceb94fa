import { useApp } from '../state/context.ts'
import { Words } from '../ui/Words.tsx'
import type { Why } from '../words/why.ts'

/** The answer to the question that the figures raise. Dimmed while a newer one is awaited. */
export function WhyBox({ why }: { why: Why | null }) {
  const step = useApp((state) => state.insightStep)
  const error = useApp((state) => state.insightError)
  if (step === 'failed' && error !== null) {
    return (
      <p className="why">
        {error.message} {error.remedy}
      </p>
    )
  }
  return (
    <div aria-busy={step === 'asking'} className="why" data-waiting={why === null || undefined}>
      <h3>{why?.question ?? 'Asking…'}</h3>
      <p className="selectable">{why !== null && <Words>{why.answer}</Words>}</p>
    </div>
  )
}
