import { expect, it } from 'vitest'
import { SnapshotId } from '../../../core/contract/ids.ts'
import { volumeId } from '../../state/library-example.ts'
import { data, machineImage, machineLibrary, ofData } from '../../state/machine-example.ts'
import { storeExample } from '../../state/world-example.ts'
import { treeOf } from '../tree.ts'
import { framedImages } from './frames.ts'

const othersIn = (given: Parameters<typeof machineLibrary>[0], volume = volumeId) => {
  const view = machineLibrary(given)
  return framedImages(view, treeOf(view, volume))[0]!.others
}

it('a frame tells what its image keeps beside the snapshots in the picture, and whose', () => {
  expect(othersIn({})).toEqual({ label: '+1 of data', volumeId: data.volumeId })
  expect(othersIn({}, data.volumeId)).toEqual({ label: '+1 of web', volumeId })
  const [root, of] = machineImage.mappings as [never, (typeof machineImage.mappings)[number]]
  const mappings = [root, { ...of, snapshotId: null }]
  expect(othersIn({ images: [{ ...machineImage, mappings }] })).toBeNull()
  // Of another account's image not every snapshot need be seen.
  const hidden = { ...of, snapshotId: SnapshotId.parse('snap-000000000000000ff') }
  const images = [{ ...machineImage, mappings: [root, hidden] }]
  expect(othersIn({ images })).toEqual({ label: '+1', volumeId: null })
})

it('what a frame names of another volume is gone to, with the image still shown', () => {
  const store = storeExample()
  store.setState({ library: machineLibrary() })
  const { imageId } = machineImage
  store.getState().showImage(imageId, data.volumeId)
  expect(store.getState()).toMatchObject({
    volumeId: ofData.volumeId,
    shownMachine: { kind: 'image', id: imageId },
  })
})
