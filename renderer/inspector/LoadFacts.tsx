import type { VolumeLoad } from '../../core/contract/loading.ts'
import type { Volume } from '../../core/contract/model.ts'
import { useApp } from '../state/context.ts'
import { ActionButton, Button } from '../ui/Button.tsx'
import { StackBar } from '../ui/StackBar.tsx'
import { formatBytes } from '../words/byte-format.ts'
import { keyMarkOf } from '../words/key-words.ts'
import {
  heldNowWords,
  LOAD_TITLES,
  loadedPercent,
  loadWords,
  meanwhile,
  unloadedLook,
} from '../words/load-words.ts'

/** How far a volume that was made of a snapshot has been loaded. */
export function LoadFacts({ volume, load }: { volume: Volume; load: VolumeLoad }) {
  const { volumeId } = volume
  const go = useApp((state) => state.loadVolume)
  const pause = useApp((state) => state.pauseLoading)
  const { loadedBytes, totalBytes, state } = load
  const missingBytes = totalBytes - loadedBytes
  const held = useApp(({ library }) => heldNowWords(library?.heldBytes ?? 0, load))
  const standing = useApp(
    ({ library, keys }) => library && keyMarkOf(library, keys, volume)?.standing,
  )
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
              { key: 'missing', bytes: missingBytes, className: `is-${unloadedLook(load)}` },
            ]}
          />
          <p className="sec small">
            {formatBytes(loadedBytes)} of {formatBytes(totalBytes)}.{' '}
            {meanwhile(load, standing === 'usable' || standing == null)}
          </p>
        </>
      )}
      <p className="sec small">{loadWords(load)}</p>
      {held !== null && <p className="sec small">{held}</p>}
      {state !== 'loaded' && (
        <div className="source-actions">
          <Button onClick={() => void (stands ? go(volumeId) : pause(volumeId))}>
            {state === 'damaged' ? 'Load again' : stands ? 'Go on loading' : 'Pause loading'}
          </Button>
          {state === 'damaged' && <ActionButton actionId="library.verify" />}
        </div>
      )}
    </section>
  )
}
