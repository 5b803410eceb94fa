/** A text whose commands of the terminal stand in its type, without the marks around them. */
export function Commands({ children }: { children: string }) {
  const parts = children.split(/`(strata [^`]+)`/)
  return parts.map((part, i) => (i % 2 === 0 ? part : <code key={part}>{part}</code>))
}
