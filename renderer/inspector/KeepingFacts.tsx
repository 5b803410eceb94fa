import { Archive, LockKeyhole, TagIcon } from 'lucide-react'
import { lockStateOf } from '../../core/contract/locks.ts'
import type { Snapshot } from '../../core/contract/model.ts'
import { tierWords } from '../words/tier-words.ts'
import { formatInstant } from '../words/time-format.ts'

/** What keeps a snapshot, and where it is kept: lock, archive tier, tags. */
export function KeepingFacts({ snapshot }: { snapshot: Snapshot }) {
  const { lock, tiering, tags } = snapshot
  const lockState = lock === null ? 'expired' : lockStateOf(lock, Date.now())
  const stored = tiering === null ? null : tierWords(tiering)
  return (
    <>
      {lock !== null && lockState !== 'expired' && (
        <p className="sec fact-line">
          <LockKeyhole aria-hidden size={14} />
          <span>
            Locked ({lock.mode})
            {lock.expiresAt !== null && ` until ${formatInstant(lock.expiresAt)}`}
            {lockState === 'compliance-cooloff' && ', can still be taken back'}
          </span>
        </p>
      )}
      {stored !== null && (
        <p className="sec fact-line">
          <Archive aria-hidden size={14} />
          <span>{stored}</span>
        </p>
      )}
      {tags.length > 0 && (
        <p className="sec fact-line">
          <TagIcon aria-hidden size={14} />
          <span className="selectable">
            {tags.map(({ key, value }) => (value === '' ? key : `${key}=${value}`)).join(', ')}
          </span>
        </p>
      )}
    </>
  )
}
