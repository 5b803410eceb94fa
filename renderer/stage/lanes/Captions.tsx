import type { Caption } from './flow-nodes.ts'

/** Words above and under a box, outside of it. */
export function Captions({ captions }: { captions: readonly Caption[] }) {
  return captions.map((caption) => (
    <span
      key={caption.place + caption.kind}
      className="caption"
      data-aside={caption.isAside || undefined}
      data-kind={caption.kind}
      data-place={caption.place}
    >
      {caption.text !== '' && <span>{caption.text}</span>}
    </span>
  ))
}
