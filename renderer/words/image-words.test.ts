import { expect, it } from 'vitest'
import type { Image } from '../../core/contract/image.ts'
import { library, region } from '../state/library-example.ts'
import {
  comparedRows,
  mayLaunchWords,
  sealedCopiesWords,
  sealedVolumesWords,
} from './image-words.ts'

const [a] = library().snapshots as [never]
const image = {
  architecture: 'arm64',
  mappings: [{ deviceName: '/dev/sda1', snapshotId: 'snap-1', isRoot: true }],
  permissions: { isPublic: false, accounts: ['444455556666'] },
} as unknown as Image

it('an image is told apart from its snapshot by what both of them are', () => {
  const rows = comparedRows(image, a, 'web')
  expect(rows.map(({ what }) => what)).toHaveLength(6)
  expect(rows[0]).toMatchObject({ image: 'a machine: /dev/sda1 to boot from' })
  expect(rows[2]!.image).toContain('arm64')
  expect(rows[5]!.snapshot.replace('\u00a0', ' ')).toBe('what it stores: 10 GiB')
})

it('who may launch an image is told in words', () => {
  const labelOf = (id: string) => `account ${id}`
  expect(mayLaunchWords(image, labelOf)).toBe('its owner and account 444455556666')
  const wordsOf = (isPublicBlocked: boolean) =>
    mayLaunchWords(
      { ...image, region, permissions: { isPublic: true, isPublicBlocked, accounts: [] } },
      labelOf,
    )
  expect(wordsOf(false)).toBe('everybody')
  expect(wordsOf(true)).toBe('its owner alone; shared publicly, blocked in local')
})

it('what is encrypted of an image stays so, one or several', () => {
  const [one, two] = [[{ name: 'A' }], [{ name: 'A' }, { name: 'B' }]]
  expect(sealedVolumesWords(one)).toMatch(
    /^A is encrypted; its volume is in any case, with the same key /,
  )
  expect(sealedVolumesWords(two)).toMatch(
    /^A and B are encrypted; their volumes are in any case, each with /,
  )
  expect(sealedCopiesWords(one)).toMatch(/^A is encrypted; its copy is, too, /)
  expect(sealedCopiesWords(two)).toMatch(/^A and B are encrypted; their copies are, too, /)
})
