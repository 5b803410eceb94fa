import { type NodeProps, Position } from '@xyflow/react'
import { memo } from 'react'
import { KeySign } from '../../ui/KeySign.tsx'
import { Marks } from '../../ui/Marks.tsx'
import { Name } from '../../ui/Name.tsx'
import { Banks } from './Banks.tsx'
import { Captions } from './Captions.tsx'
import { hasFigures, type SnapshotNode } from './flow-nodes.ts'
import { Strip } from './Strip.tsx'

/** A snapshot in its lane. Holds no controls: the node itself is what is focused and pressed. */
export const SnapshotNodeView = memo(function SnapshotNodeView({ data }: NodeProps<SnapshotNode>) {
  return (
    <div
      className="snapshot"
      data-level={data.level}
      data-look={data.look}
      data-taken={data.isTaken}
    >
      <Banks
        top={data.level === 'pill' ? 13 : 20}
        sides={[Position.Left, Position.Right, Position.Bottom]}
      />
      {data.level === 'pill' ? <Pill data={data} /> : <Card data={data} />}
      <Captions captions={data.captions} />
    </div>
  )
})

type Props = { data: SnapshotNode['data'] }

function Card({ data }: Props) {
  return (
    <>
      <div className="snapshot-head">
        <i className="snapshot-swatch" style={{ background: data.swatch }} data-look={data.look} />
        <Name as="b" className="snapshot-name">
          {data.name}
        </Name>
        {data.marks.keyStanding && <KeySign standing={data.marks.keyStanding} />}
        <Marks marks={data.marks.shown} more={data.marks.more} />
        {hasFigures(data.level) && <span className="snapshot-when">{data.when}</span>}
      </div>
      <Strip parts={data.strip} />
      {hasFigures(data.level) ? (
        <dl className="snapshot-figures">
          {data.figures.map((figure) => (
            <div key={figure.label} data-strong={figure.isStrong}>
              <dt>
                {figure.label} <span>{figure.rest}</span>
              </dt>
              <dd>{figure.value}</dd>
            </div>
          ))}
        </dl>
      ) : data.level === 'low' ? null : (
        <p className="snapshot-summary">
          <b>{data.summary}</b>
          <span>{data.when}</span>
        </p>
      )}
    </>
  )
}

function Pill({ data }: Props) {
  return (
    <>
      {data.marks.keyStanding && <KeySign size={12} standing={data.marks.keyStanding} />}
      <b className="pill-name" data-tight={data.name.length > 3}>
        {data.name}
      </b>
      {data.summary && <span className="pill-size">{data.summary}</span>}
      <i
        className="pill-bar"
        data-cut={data.isCut}
        style={{ height: data.barHeight, background: data.swatch }}
      >
        {data.releasedHeight > 0 && (
          <i className="pill-released" style={{ height: data.releasedHeight }} />
        )}
      </i>
      <Marks marks={data.marks.shown} more={data.marks.more} />
    </>
  )
}
