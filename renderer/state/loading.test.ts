import { expect, it, vi } from 'vitest'
import type { VolumeLoad } from '../../core/contract/loading.ts'
import { library, volumeId } from './library-example.ts'
import { loadOf } from './loading.ts'
import { storeExample } from './world-example.ts'

const load: VolumeLoad = {
  state: 'loading',
  totalBytes: 2 ** 22,
  loadedBytes: 2 ** 20,
  damagedRanges: [],
  touchedBlocks: 0,
  backgroundBlocks: 2,
  rateMiBPerS: 100,
  isFastRestored: false,
  secondsLeft: 1,
}
const volume = { ...library().volumes[0]!, load }

it('the window knows of what loads before the library is described again', async () => {
  const more = { ...load, loadedBytes: 2 ** 21 }
  let answer: (status: unknown) => void = () => {}
  const describeVolumeStatus = vi.fn(() => new Promise<never>((done) => (answer = done as never)))
  const store = storeExample({
    describeVolumeStatus,
    describeLibrary: async () => ({ ...library(), volumes: [volume] }),
  })
  const asked = store.getState().followLoad(volumeId)
  void store.getState().followLoad(volumeId)
  void store.getState().followLoad(volumeId)
  expect(describeVolumeStatus).toHaveBeenCalledTimes(1)
  answer(load)
  await vi.waitFor(() => expect(describeVolumeStatus).toHaveBeenCalledTimes(2))
  answer(more)
  await asked
  expect(loadOf(store.getState(), volume)).toEqual(more)

  await store.getState().refreshLibrary()
  expect(loadOf(store.getState(), volume)).toEqual(load)
})

it('cells that are clicked are loaded one range after another, and it is announced', async () => {
  const touched = { ...load, touchedBlocks: 8 }
  const touchVolume = vi.fn(async () => ({ ...volume, load: touched }))
  const store = storeExample({ touchVolume })
  await store.getState().loadCells(volumeId, [
    { firstBlock: 0, blockCount: 4 },
    { firstBlock: 8, blockCount: 4 },
  ])
  expect(touchVolume).toHaveBeenLastCalledWith({ volumeId, firstBlock: 8, blockCount: 4 })
  expect(touchVolume).toHaveBeenCalledTimes(2)
  expect(loadOf(store.getState(), volume)).toEqual(touched)
  expect(store.getState().announcement.text).toMatch(/^Loaded 1.MiB of 4.MiB/)
})
