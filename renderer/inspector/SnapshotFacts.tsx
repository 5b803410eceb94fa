import { Trash2 } from 'lucide-react'
import type { LibraryView, Snapshot } from '../../core/contract/model.ts'
import { colourOf } from '../stage/colours.ts'
import { isForeign } from '../state/accounts.ts'
import { useApp } from '../state/context.ts'
import { hasRegions, laneKeyOf } from '../state/lanes.ts'
import { snapshotsOfTree } from '../state/tree.ts'
import { ActionButton } from '../ui/Button.tsx'
import { Name } from '../ui/Name.tsx'
import { formatInstant } from '../words/time-format.ts'
import { damageWords } from '../words/verify-words.ts'
import { CopyFacts } from './CopyFacts.tsx'
import { EncryptionFact } from './EncryptionFact.tsx'
import { FastRestoreFacts } from './FastRestoreFacts.tsx'
import { FullSize } from './FullSize.tsx'
import { ImagesOf } from './ImagesOf.tsx'
import { KeepingFacts } from './KeepingFacts.tsx'
import { MoreActions } from './MoreActions.tsx'
import { OwnerFacts } from './OwnerFacts.tsx'
import { OwnFigures } from './OwnFigures.tsx'
import { PolicyFact } from './PolicyFact.tsx'
import { Relatives } from './Relatives.tsx'
import { SourceState } from './SourceState.tsx'

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
              style={{
                background: isForeign(library, snapshot)
                  ? 'var(--neutral)'
                  : colourOf(tree, snapshot.snapshotId),
              }}
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
          <OwnerFacts library={library} snapshot={snapshot} />
          <PolicyFact library={library} snapshot={snapshot} />
          <KeepingFacts library={library} snapshot={snapshot} />
          <EncryptionFact isPointedAt={isPointedAt} item={snapshot} library={library} />
          {snapshot.description !== '' && <p className="selectable">{snapshot.description}</p>}
        </header>
        {damage !== null && (
          <section>
            <SourceState words={damage} />
          </section>
        )}
        {isForeign(library, snapshot) ? (
          <section>
            <FullSize snapshot={snapshot} />
          </section>
        ) : (
          <OwnFigures insight={insight} library={library} snapshot={snapshot} />
        )}
        <FastRestoreFacts library={library} snapshot={snapshot} />
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
              'snapshot.share',
              'snapshot.tags',
              'snapshot.lock',
              'snapshot.unlock',
              'snapshot.archive',
              'snapshot.restoreTier',
              'snapshot.fastRestore',
              'snapshot.rename',
              'snapshot.toVolume',
              'machine.register',
              ...(snapshot.encryption === null ? [] : ['keys.show']),
            ]}
          />
        </footer>
      )}
    </>
  )
}
