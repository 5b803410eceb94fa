import { writeFileSync } from 'node:fs'
import type { VolumeId } from '../../contract/ids.ts'
import { BLOCK_BYTES } from '../../contract/units.ts'
import { bytesOf } from '../../engine/testing/plain-model.ts'
import { cellOf, cutTail } from '../../engine/testing/plain-volume.ts'
import { contentAtRandom } from '../../engine/testing/random-content.ts'
import { blockBytes } from '../../testing/make-image.ts'
import { keyOfVolume } from './plain-rules.ts'
import { addVolume, answerOf, keyIn, MAX_BLOCKS } from './volume-acts.ts'
import { asInput, inWords, type WorldSession } from './world-session.ts'
import type { WorldVolume } from './world-things.ts'

/** Links an image of the user's, whose snapshots are encrypted or not. */
export async function linkImage(session: WorldSession): Promise<void> {
  const { scene, random, world } = session
  const wish = session.wish()
  const chosen = keyOfVolume(world, null, wish, world.region)
  const contents = Array.from({ length: 1 + random.below(MAX_BLOCKS) }, () =>
    contentAtRandom(random),
  )
  const sizeBytes = contents.length * BLOCK_BYTES - random.pick([0, 0, 1, 300_000])
  const file = scene.image(contents, sizeBytes)
  const input = { file, name: session.name('linked'), copy: false, ...asInput(wish) }
  const made = await session.ask(`link ${inWords(wish)}`, answerOf(chosen), () =>
    scene.engine.importImage(input),
  )
  if (made === null) return
  const { volumeId } = await scene.result('volume', Promise.resolve(made))
  const volume = addVolume(session, volumeId, world.region, sizeBytes, keyIn(chosen))
  Object.assign(volume, { kind: 'linked', file })
  volume.cells = contents.map((content) => cellOf(blockBytes(content)))
  cutTail(volume)
}

/** Its user writes to it; the library is not asked. */
export function changeImage({ random, log }: WorldSession, volume: WorldVolume): void {
  log.push(`change the image of ${volume.id as VolumeId}`)
  for (const index of random.some([...volume.cells.keys()], 0.4)) {
    volume.cells[index] = cellOf(blockBytes(contentAtRandom(random)))
  }
  cutTail(volume)
  writeFileSync(volume.file!, bytesOf(volume))
}
