import { phrase } from '../words/phrase.ts'

/** A sentence with its stressed parts in bold. */
export function Words({ children }: { children: string }) {
  return phrase(children).map((part) =>
    typeof part === 'string' ? part : <b key={part.strong}>{part.strong}</b>,
  )
}
