import { type ColumnLayout, GUTTER_WIDTH } from './columns.ts'

/** Around a wide column; narrow ones lie too close. */
const CARD_MARGIN = 10

type Props = {
  layout: ColumnLayout
  ids: ReadonlySet<string>
  /** Changed just now, and nothing moved to show it. */
  outlined: ReadonlySet<string>
  panX: number
  /** Where the lanes begin. */
  top: number
}

/** Light behind the columns that are pointed at, selected or previewed, through lanes and cells. */
export function ColumnLights({ layout, ids, outlined, panX, top }: Props) {
  const margin = layout.shape === 'card' ? CARD_MARGIN : 0
  return (
    <div className="column-lights" style={{ top: top + 6 }} aria-hidden="true">
      {layout.columns
        .filter(({ id, width }) => id !== null && width >= 3 && (ids.has(id) || outlined.has(id)))
        .map((column) => (
          <i
            key={column.id}
            data-shape={column.shape}
            data-outlined={column.id !== null && outlined.has(column.id)}
            style={{
              left: GUTTER_WIDTH + column.x - panX - margin,
              width: column.width + 2 * margin,
            }}
          />
        ))}
    </div>
  )
}
