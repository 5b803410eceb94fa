import { BLOCK_BYTES } from '../../../core/contract/units.ts'
import { namerOf } from '../../state/lanes.ts'
import { formatBytes } from '../../words/byte-format.ts'
import { UNLOADED_LABELS } from '../../words/load-words.ts'
import { count } from '../../words/names.ts'
import type { VolumeTree } from '../tree.ts'
import { NO_STORER } from './picture.ts'
import type { Scene } from './scene.ts'
import { unloadedRows } from './unloaded-cells.ts'

/** What a person can still read through; the rest is told as a number. */
const ROWS_MAX = 200
const COLUMNS_MAX = 12

type Props = { scene: Scene; tree: VolumeTree }

/** The core sample for whoever reads rather than sees: address ranges, and who stores them. */
export function CoreTable({ scene, tree }: Props) {
  const columns = chosenColumns(scene)
  const rows = rangesOf(scene, columns)
  const nameOf = namerOf(tree.snapshots)
  const headOf = (column: number) => {
    const id = scene.picture.sample.columns[column]?.snapshotId
    const snapshot = id && tree.byId.get(id)
    return snapshot ? nameOf(snapshot) : ''
  }
  const hasHead = unloadedRows(scene.picture) !== null
  const hidden = tree.snapshots.length - columns.length
  return (
    // A region that scrolls must be reachable by key.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section className="core-table" tabIndex={0} aria-label="Core sample as a table">
      <table>
        <caption>
          Who stores each range of addresses
          {hidden > 0 && `; ${count(hidden, 'other snapshot')} left out, select those to be shown`}
        </caption>
        <thead>
          <tr>
            <th scope="col">Addresses</th>
            {columns.map((column) => (
              <th scope="col" key={column}>
                {headOf(column)}
              </th>
            ))}
            {hasHead && <th scope="col">Now</th>}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, ROWS_MAX).map((row) => (
            <tr key={row.firstBlock}>
              <th scope="row">
                {formatBytes(row.firstBlock * BLOCK_BYTES)} to{' '}
                {formatBytes(row.endBlock * BLOCK_BYTES)}
              </th>
              {columns.map((column, i) => (
                <td key={column}>{wordOf(scene, column, row.storers[i] ?? NO_STORER)}</td>
              ))}
              {hasHead && <td>{row.loaded}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > ROWS_MAX && (
        <p>{count(rows.length - ROWS_MAX, 'more range')} further up the addresses</p>
      )}
    </section>
  )
}

type Range = {
  firstBlock: number
  endBlock: number
  storers: readonly number[]
  /** What of it is in the live volume by now, in words. */
  loaded: string
}

/** The selected ones, else the newest. */
function chosenColumns(scene: Scene): readonly number[] {
  const living = [...scene.picture.columnOf.values()]
  const selected = living.filter((column) => scene.selectedColumns.has(column))
  return (selected.length > 0 && living.length > COLUMNS_MAX ? selected : living).slice(
    -COLUMNS_MAX,
  )
}

function rangesOf(scene: Scene, columns: readonly number[]): readonly Range[] {
  const { picture } = scene
  const ranges: Range[] = []
  for (let row = 0; row < picture.rowCount; row++) {
    const storers = columns.map((c) => picture.storers[c * picture.rowCount + row] ?? NO_STORER)
    const last = ranges.at(-1)
    const endBlock = picture.sample.rowStarts[row + 1] ?? 0
    const loaded = loadedWord(scene, row)
    const isSame = last?.storers.every((storer, i) => storer === storers[i])
    if (last && isSame && last.loaded === loaded) last.endBlock = endBlock
    else ranges.push({ firstBlock: picture.sample.rowStarts[row] ?? 0, endBlock, storers, loaded })
  }
  return ranges
}

/** Only a volume that is still being loaded has a column for it. */
function loadedWord({ picture, unloadedLook }: Scene, row: number): string {
  const unloaded = unloadedRows(picture)
  const head = picture.sample.columns.at(-1)
  if (unloaded === null || head === undefined) return ''
  const [missing, data] = [unloaded[row] ?? 0, head.dataBlocks[row] ?? 0]
  if (data === 0) return 'never written'
  if (missing === 0) return 'loaded'
  const words = UNLOADED_LABELS[unloadedLook]
  return missing >= data ? words : `${missing} of ${count(data, 'block')} ${words}`
}

function wordOf(scene: Scene, column: number, storer: number): string {
  if (storer === NO_STORER) return 'never written'
  if (scene.labelled.view.foreign.has(column)) return 'shared with you'
  return storer === column ? 'stored here' : `borrowed from ${scene.labelled.names[storer] ?? ''}`
}
