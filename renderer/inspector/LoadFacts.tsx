import type { VolumeId } from '../../core/contract/ids.ts'
import type { VolumeLoad } from '../../core/contract/loading.ts'
import { useApp } from '../state/context.ts'
import { Button } from '../ui/Button.tsx'
import { StackBar } from '../ui/StackBar.tsx'
import { formatBytes } from '../words/byte-format.ts'
import {
  heldNowWords,
  LOAD_TITLES,
  loadedPercent,
  loadWords,
  meanwhile,
} from '../words/load-words.ts'

/** How far a volume that was made of a snapshot has been loaded. */
export function LoadFacts({ volumeId, load }: { volumeId: VolumeId; load: VolumeLoad }) {
  const go = useApp((state) => state.loadVolume)
  const pause = useApp((state) => state.pauseLoading)
  const { loadedBytes, totalBytes, state } = load
  const held = useApp(({ library }) => heldNowWords(library?.heldBytes ?? 0, load))
  const stands = state === 'paused' || state === 'damaged'
  return (
    <section>
      <div className="key-row">
        <h3>{LOAD_TITLES[state]}</h3>
        <span className="value">{loadedPercent(load)}</span>
      </div>
      {state !== 'loaded' && (
        <>
          <StackBar
            parts={[
              { key: 'loaded', bytes: loadedBytes, className: 'is-kept' },
              { key: 'missing', bytes: totalBytes - loadedBytes, className: 'is-unloaded' },
            ]}
          />
          <p className="sec small">
            {formatBytes(loadedBytes)} of {formatBytes(totalBytes)}. {meanwhile(load)}
          </p>
        </>
      )}
      <p className="sec small">{loadWords(load)}</p>
      {held !== null && <p className="sec small">{held}</p>}
      {state !== 'loaded' && (
        <Button onClick={() => void (stands ? go(volumeId) : pause(volumeId))}>
          {state === 'damaged' ? 'Load again' : stands ? 'Go on loading' : 'Pause loading'}
        </Button>
      )}
    </section>
  )
}
