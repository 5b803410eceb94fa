import { useEffect } from 'react'
import type { Snapshot } from '../../core/contract/model.ts'
import { useApp } from '../state/context.ts'
import { Bytes } from '../ui/Bytes.tsx'
import { CopyButton } from '../ui/CopyButton.tsx'
import { describedJson, fieldsOf, untoldFigures } from '../words/describe-words.ts'
import { Sheet } from './Sheet.tsx'
import './describe.css'

/** What EC2 would tell about a snapshot, beside what it would not. */
export function DescribeDialog({ snapshot }: { snapshot: Snapshot }) {
  const ask = useApp((state) => state.describeSnapshot)
  const revision = useApp((state) => state.library?.revision)
  const described = useApp(({ described }) =>
    described?.SnapshotId === snapshot.snapshotId ? described : null,
  )
  useEffect(() => {
    if (revision !== undefined) void ask(snapshot.snapshotId)
  }, [ask, snapshot.snapshotId, revision])
  return (
    <Sheet size={820} title={`Describe ${snapshot.name}`}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so keys must reach it */}
      <section aria-label="Description" className="describe sheet-list" tabIndex={0}>
        <div className="describe-told">
          <h3>What EC2 tells</h3>
          <dl className="selectable">
            {described !== null &&
              fieldsOf(described).map(({ name, value, meaning }) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>
                    {value === '' ? <span className="sec">empty</span> : <bdi>{value}</bdi>}
                    {meaning !== null && <span className="sec"> {meaning}</span>}
                  </dd>
                </div>
              ))}
          </dl>
        </div>
        <div className="describe-untold">
          <h3>What it does not tell</h3>
          <dl className="selectable">
            {untoldFigures(snapshot).map(({ label, bytes, formula }) => (
              <div key={label}>
                <dt>
                  {label}
                  <span className="sec small">{formula}</span>
                </dt>
                <dd className="describe-bytes">
                  <Bytes value={bytes} />
                </dd>
              </div>
            ))}
          </dl>
        </div>
      </section>
      <div className="report-foot">
        <p className="sec">
          The left side is the answer of DescribeSnapshots, name by name. Its sizes do not tell what
          deleting frees.
        </p>
        {described !== null && <CopyButton label="Copy JSON" text={describedJson(described)} />}
      </div>
    </Sheet>
  )
}
