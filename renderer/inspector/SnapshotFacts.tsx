import { Trash2 } from 'lucide-react'
import type { LibraryView, Snapshot } from '../../core/contract/model.ts'
import { colourOf } from '../stage/colours.ts'
import { useApp } from '../state/context.ts'
import { hasRegions, laneKeyOf } from '../state/lanes.ts'
import { namesOf, snapshotsOfTree } from '../state/tree.ts'
import { ActionButton } from '../ui/Button.tsx'
import { Name } from '../ui/Name.tsx'
import { formatInstant } from '../words/time-format.ts'
import { damageWords } from '../words/verify-words.ts'
import { whyAlone } from '../words/why.ts'
import { CopyFacts } from './CopyFacts.tsx'
import { Costs } from './Costs.tsx'
import { EncryptionFact } from './EncryptionFact.tsx'
import { Figure } from './Figure.tsx'
import { IfDeleted, WhoStores } from './FullSize.tsx'
import { ImagesOf } from './ImagesOf.tsx'
import { MoreActions } from './MoreActions.tsx'
import { Relatives } from './Relatives.tsx'
import { SharesWith } from './SharesWith.tsx'
import { SourceState } from './SourceState.tsx'
import { WhyBox } from './WhyBox.tsx'

type Props = { library: LibraryView; snapshot: Snapshot; isPointedAt: boolean }

export function SnapshotFacts({ library, snapshot, isPointedAt }: Props) {
  const insight = useApp(({ insight }) =>
    insight?.ids.length === 1 && insight.ids[0] === snapshot.snapshotId ? insight : null,
  )
  const report = useApp((state) => state.verifyReport)
  const damage = damageWords(report, snapshot.snapshotId)
  const tree = snapshotsOfTree(library, snapshot.volumeId)
  const siblings = tree.filter(
    (s) => s.state === 'completed' && laneKeyOf(s) === laneKeyOf(snapshot),
  )
  const place = `snapshot ${siblings.indexOf(snapshot) + 1} of ${siblings.length}`
  return (
    <>
      <div className="inspector-scroll">
        <header>
          <div className="inspector-title">
            <span
              className="swatch"
              data-size="large"
              style={{ background: colourOf(tree, snapshot.snapshotId) }}
            />
            <Name as="h2" className="selectable">
              {snapshot.name}
            </Name>
            <span className="chip">{isPointedAt ? 'click to keep' : 'selected'}</span>
          </div>
          <p className="sec">
            {formatInstant(snapshot.startedAt)}, {place}
            {hasRegions(library) && (
              <>
                {' in '}
                <span className="unbroken">{snapshot.region}</span>
              </>
            )}
          </p>
          <Relatives library={library} snapshot={snapshot} />
          <CopyFacts library={library} snapshot={snapshot} />
          <ImagesOf library={library} snapshot={snapshot} />
          <EncryptionFact encryption={snapshot.encryption} />
          {snapshot.description !== '' && <p className="selectable">{snapshot.description}</p>}
        </header>
        {damage !== null && (
          <section>
            <SourceState words={damage} />
          </section>
        )}
        <section>
          <WhoStores library={library} snapshot={snapshot} sharing={insight?.sharing ?? null} />
          <IfDeleted snapshot={snapshot} />
        </section>
        <section>
          <WhyBox
            why={
              insight &&
              whyAlone(snapshot, insight.plan, insight.withHeir, (heirs) =>
                namesOf(
                  library,
                  heirs.map((h) => h.snapshotId),
                ),
              )
            }
          />
        </section>
        <section>
          <Figure kind="added" label="Added" snapshot={snapshot} value={snapshot.addedBytes} />
          <Figure
            kind="inherited"
            label="Inherited"
            snapshot={snapshot}
            value={snapshot.inheritedBytes}
          />
          <Figure
            isSum
            kind="storedHere"
            label="= Stored here"
            snapshot={snapshot}
            value={snapshot.storedHereBytes}
          />
          <Figure
            kind="fairShare"
            label="Fair share"
            snapshot={snapshot}
            value={snapshot.fairShareBytes}
          />
        </section>
        <Costs snapshot={snapshot} />
        {insight !== null && insight.sharing.length > 0 && (
          <section>
            <SharesWith library={library} sharing={insight.sharing} snapshot={snapshot} />
          </section>
        )}
      </div>
      {!isPointedAt && (
        <footer className="inspector-actions">
          <ActionButton
            actionId="deletion.preview"
            icon={<Trash2 size={16} />}
            label="Preview delete"
          />
          <ActionButton actionId="snapshot.restore" label="Restore…" />
          <MoreActions
            actionIds={[
              'snapshot.describe',
              'snapshot.copy',
              'snapshot.rename',
              'snapshot.toVolume',
            ]}
          />
        </footer>
      )}
    </>
  )
}
