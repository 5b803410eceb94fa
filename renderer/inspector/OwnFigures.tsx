import type { LibraryView, Snapshot } from '../../core/contract/model.ts'
import type { Insight } from '../state/insight.ts'
import { namesOf } from '../state/tree.ts'
import { whyAlone } from '../words/why.ts'
import { Costs } from './Costs.tsx'
import { Figure } from './Figure.tsx'
import { IfDeleted, WhoStores } from './FullSize.tsx'
import { SharesWith } from './SharesWith.tsx'
import { WhyBox } from './WhyBox.tsx'

type Props = { library: LibraryView; snapshot: Snapshot; insight: Insight | null }

/** What a snapshot of the current account stores, borrows and would release. */
export function OwnFigures({ library, snapshot, insight }: Props) {
  return (
    <>
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
    </>
  )
}
