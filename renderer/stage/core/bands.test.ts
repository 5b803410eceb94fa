import { expect, it } from 'vitest'
import { chainPicture, GIB_BLOCKS, noQuestion } from '../testing/chain.ts'
import { bandsOf, partOfBand } from './bands.ts'
import { tonesOf } from './tones.ts'
import { loadedStretch } from './unloaded-cells.ts'

it('what is labelled beside a hatch has the size of the part that it stands in', () => {
  const half = GIB_BLOCKS / 2
  const { picture } = chainPicture({ unloaded: [half / 2, half] })
  const head = picture.sample.columns.length - 1
  const [changed] = bandsOf(picture, tonesOf(picture, noQuestion), head)
  expect(changed).toMatchObject({ firstBlock: 0, endBlock: GIB_BLOCKS, dataBlocks: GIB_BLOCKS })
  const part = partOfBand(picture, head, changed!, loadedStretch(picture, changed!))
  expect(part).toMatchObject({ firstBlock: half, endBlock: GIB_BLOCKS, dataBlocks: half })
  expect(part).toMatchObject({ tone: changed!.tone, writer: changed!.writer })
})
