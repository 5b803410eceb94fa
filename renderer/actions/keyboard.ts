import type { AppStore } from '../state/store.ts'
import { actions } from './all.ts'
import { actionOfKey, isPlainKey } from './shortcut.ts'

/** Regions in the order in which F6 visits them, one inside another after it. */
const REGION = '[data-region]'
/** Where single letters are text, not commands. */
const TYPING = 'input, textarea, select, [contenteditable="true"]'
/** What is in front of the window keeps the keys to itself. */
const IN_FRONT = '[role="dialog"], [role="menu"]'

/**
 * One listener for the keys of all actions, Escape and F6.
 *
 * @returns a function that stops listening
 */
export function followKeys(store: AppStore, isMac: boolean): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return
    const at = event.target instanceof Element ? event.target : document.body
    if (event.key === 'F6') {
      event.preventDefault()
      cycleRegions(event.shiftKey ? -1 : 1)
      return
    }
    if (at.closest(IN_FRONT)) return
    if (event.key === 'Escape') {
      closeInnermost(store)
      return
    }
    const action = actionOfKey(actions, event, isMac)
    if (action === undefined) return
    const isTyping = at.closest(TYPING) !== null
    if (isTyping && (isPlainKey(action) || isEditing(event.key))) return
    const state = store.getState()
    if (!action.isEnabled(state)) return
    // Kept from the application's menu, which knows the same keys and would run it again.
    event.preventDefault()
    void action.run(state)
  }
  window.addEventListener('keydown', onKeyDown)
  return () => window.removeEventListener('keydown', onKeyDown)
}

/** Keys that mean something else inside a text field. */
const isEditing = (key: string) => 'az'.includes(key.toLowerCase())

function closeInnermost(store: AppStore): void {
  const { drag, setDrag, deletion, closeDeletion, select } = store.getState()
  if (drag !== null) setDrag(null)
  else if (deletion.step === 'deleting') return
  else if (deletion.step !== 'none') closeDeletion()
  else select([], 'one')
}

function cycleRegions(step: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>(REGION)]
  const at = regions.findLastIndex((region) => region.contains(document.activeElement))
  const next = regions.at(at === -1 ? (step === 1 ? 0 : -1) : (at + step) % regions.length)
  if (next !== undefined) focusIn(next)
}

/** Moves the focus into a part of the window, when what had it is gone or is no tab stop there now. */
export function catchFocus(region: string): void {
  const found = document.querySelector<HTMLElement>(`[data-region="${region}"]`)
  const at = document.activeElement
  const isLost = at === document.body || (found?.contains(at) && at?.matches(PASSED_BY))
  if (isLost && found !== null) focusIn(found)
}

function focusIn(next: HTMLElement): void {
  const first = next.querySelector<HTMLElement>(FOCUSABLE)
  // A region without controls takes the focus itself, so that it can be read and left.
  if (first === null) next.tabIndex = -1
  const target = first ?? next
  target.focus()
}

/** Of several that share one tab stop, those that do not have it. */
const PASSED_BY = '[tabindex="-1"]'
const FOCUSABLE =
  'button:not(:disabled):not([tabindex="-1"]), [href], input:not(:disabled), [tabindex="0"]'
