import { Fragment } from 'react'
import { inkOn, usePalette } from '../stage/palette.ts'
import { type Band, bandsOf, type CellMap } from './bands.ts'

type Props = {
  maps: readonly CellMap[]
  /** The step of the age ramp of each writer. */
  generations: readonly number[]
  columnWidth: number
  gap: number
  height: number
  /** Written into each band, when given. */
  label?: (band: Band) => string
}

const BIRTH_EDGE = 4

/** A small core sample: address down, time right, colour = who wrote it. Inside an svg. */
export function BandPicture({ maps, generations, columnWidth, gap, height, label }: Props) {
  const palette = usePalette()
  const cells = Math.max(1, ...maps.map((map) => map.length))
  const px = (cell: number) => (cell / cells) * height
  return bandsOf(maps).map((bands, column) => {
    const x = column * (columnWidth + gap)
    return (
      <g key={x} transform={`translate(${x})`}>
        {bands.map((band) => {
          const y = px(band.firstCell)
          const h = Math.max(1, px(band.cellCount) - 1)
          const fill = palette.generations[generations[band.writer] ?? 0] ?? palette.line
          return (
            <Fragment key={band.firstCell}>
              <rect fill={fill} height={h} width={columnWidth} y={y} />
              {band.isBorn && (
                <rect fill="var(--text)" height={h} opacity={0.85} width={BIRTH_EDGE} y={y} />
              )}
              {band.continues && (
                <rect fill={fill} height={h} opacity={0.4} width={gap} x={columnWidth} y={y} />
              )}
              {label && (
                <text className="band-label" fill={inkOn(fill)} x={12} y={y + h / 2 + 4.5}>
                  {label(band)}
                </text>
              )}
            </Fragment>
          )
        })}
      </g>
    )
  })
}
