import { shortcutKeys } from '../actions/shortcut.ts'
import { isMac } from './platform.ts'

/** A shortcut as keys to press. */
export function Keys({ shortcut }: { shortcut: string }) {
  return (
    <span className="keys">
      {shortcutKeys(shortcut, isMac).map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
    </span>
  )
}
