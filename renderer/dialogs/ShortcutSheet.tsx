import { actions } from '../actions/all.ts'
import { useApp } from '../state/context.ts'
import { Keys } from '../ui/Keys.tsx'
import { Sheet } from './Sheet.tsx'

/** Keys that move rather than act; the picture and the table know them themselves. */
const MOVES: readonly [keys: string, what: string][] = [
  ['←+→', 'Parent, child'],
  ['↑+↓', 'Neighbouring lane'],
  ['Home+End', 'First snapshot, live volume'],
  ['Space', 'Add to or take from the selection'],
  ['Esc', 'Leave the innermost thing'],
  ['F6', 'Next part of the window'],
]

/** Every shortcut, taken from the actions themselves. */
export function ShortcutSheet() {
  const withKeys = actions.filter((action) => action.shortcut !== undefined)
  const groups = [...new Set(withKeys.map((action) => action.group))]
  return (
    <Sheet size={640} title="Keyboard shortcuts">
      <div className="shortcuts">
        {groups.map((group) => (
          <section key={group}>
            <h3 className="sec small">{group}</h3>
            <ul>
              {withKeys
                .filter((action) => action.group === group)
                .map((action) => (
                  <Row key={action.id} shortcut={action.shortcut ?? ''} title={action.title} />
                ))}
            </ul>
          </section>
        ))}
        <section>
          <h3 className="sec small">Moving</h3>
          <ul>
            {MOVES.map(([keys, what]) => (
              <li key={keys}>
                <span>{what}</span>
                <Keys shortcut={keys} />
              </li>
            ))}
          </ul>
        </section>
      </div>
    </Sheet>
  )
}

type RowProps = { shortcut: string; title: (typeof actions)[number]['title'] }

function Row({ shortcut, title }: RowProps) {
  const words = useApp(title)
  return (
    <li>
      <span className="ellipsis">{words}</span>
      <Keys shortcut={shortcut} />
    </li>
  )
}
