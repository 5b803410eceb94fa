import type { LibraryView } from '../../core/contract/model.ts'
import { accountLabel, currentAccount, hasAccounts } from '../state/accounts.ts'
import { useApp } from '../state/context.ts'
import { hasRegions } from '../state/lanes.ts'
import { volumeById } from '../state/tree.ts'
import { formatBytes } from '../words/byte-format.ts'
import { count } from '../words/names.ts'
import './status-bar.css'

export function StatusBar() {
  const library = useApp((state) => state.library)
  const volume = useApp((state) => volumeById(state.library, state.volumeId))
  const region = useApp(({ library }) =>
    hasRegions(library) ? library?.regions.find((r) => r.isCurrent)?.name : undefined,
  )
  const account = useApp(({ library }) =>
    hasAccounts(library) ? currentAccount(library) : undefined,
  )
  const jobCount = useApp((state) => state.jobs.length)
  const theme = useApp((state) => state.shell?.theme ?? 'system')
  return (
    <footer className="status-bar" data-region="status">
      {library !== null && <LibraryItems library={library} />}
      {region !== undefined && (
        <span title="Where new volumes are made">
          region <b>{region}</b>
        </span>
      )}
      {account !== undefined && (
        <span title="As whom the library is seen">{accountLabel(account)}</span>
      )}
      {volume !== undefined && (
        <span title="What counts as a changed block of this volume">
          identity: by {volume.identity}
        </span>
      )}
      <span className="status-space" />
      {jobCount > 0 && <span>{count(jobCount, 'job')} running</span>}
      <span>{THEME_WORDS[theme]}</span>
    </footer>
  )
}

function LibraryItems({ library }: { library: LibraryView }) {
  return (
    <>
      <span>
        <b>{library.snapshotCount.toLocaleString('en-GB')}</b>{' '}
        {library.snapshotCount === 1 ? 'snapshot' : 'snapshots'}
      </span>
      <span aria-label="Stored" role="status">
        stored <b>{formatBytes(library.storedBytes)}</b>
      </span>
      <span title="Block data in the library's files, after compression">
        on disk <b>{formatBytes(library.physicalBytes)}</b>
      </span>
      {library.heldBytes > 0 && (
        <span title="Of deleted snapshots: it comes back when the volumes that still need it have loaded it">
          held <b>{formatBytes(library.heldBytes)}</b>
        </span>
      )}
      {library.reclaimableBytes > 0 && (
        <span>
          <b>{formatBytes(library.reclaimableBytes)}</b> to reclaim
        </span>
      )}
    </>
  )
}

const THEME_WORDS = { system: 'Theme of the system', light: 'Light', dark: 'Dark' }
