import { type RefObject, useEffect } from 'react'
import { useApp } from '../state/context.ts'
import { Button } from '../ui/Button.tsx'
import { KeySign } from '../ui/KeySign.tsx'
import { OWN_KEY } from '../words/key-words.ts'

/**
 * The account's own, which nobody has needed yet: it can be gone back to nevertheless.
 *
 * @param next where work goes on when this is gone
 */
export function UnmadeKeyLine({ next }: { next: RefObject<HTMLElement | null> }) {
  const makeDefault = useApp((state) => state.makeDefault)
  // Its button goes with it: whoever works by keyboard goes on where it was.
  useEffect(
    () => () => {
      if (document.activeElement === document.body) next.current?.focus()
    },
    [next],
  )
  return (
    <li>
      <KeySign size={16} standing="usable" />
      <div className="key-line-wide">
        <b>{OWN_KEY}</b>
        <p className="seal-note key-line-note" role="note">
          <span>The account’s own, made when it is first needed.</span>
          <Button onClick={() => void makeDefault(null)}>Make default</Button>
        </p>
      </div>
    </li>
  )
}
