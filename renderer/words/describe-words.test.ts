import { expect, it } from 'vitest'
import { OWNER_ACCOUNT } from '../../core/contract/account.ts'
import { DescribedSnapshot } from '../../core/contract/described-snapshot.ts'
import { GIB, id, library, volumeId } from '../state/library-example.ts'
import { describedJson, fieldsOf, untoldFigures } from './describe-words.ts'

const described = DescribedSnapshot.parse({
  SnapshotId: id('b'),
  VolumeId: volumeId,
  State: 'completed',
  StartTime: '2026-03-03T10:00:00.000Z',
  Progress: '100%',
  OwnerId: OWNER_ACCOUNT,
  VolumeSize: 15,
  FullSnapshotSizeInBytes: 10 * GIB,
  Description: '',
  Encrypted: false,
  StorageTier: 'standard',
  Tags: [{ Key: 'Name', Value: 'B' }],
})

it('shows every field of the answer under its own name, with its unit beside it', () => {
  const fields = fieldsOf(described)
  expect(fields.map(({ name }) => name)).toEqual(Object.keys(described))
  expect(fields).toContainEqual({ name: 'VolumeSize', value: '15', meaning: 'GiB' })
  const size = fields.find(({ name }) => name === 'FullSnapshotSizeInBytes')
  expect(size).toMatchObject({ value: String(10 * GIB), meaning: '10\u00a0GiB' })
  expect(fields.at(-1)).toMatchObject({ name: 'Tags', value: 'Name=B' })
})

it('is copied as the command line prints it', () => {
  expect(JSON.parse(describedJson(described))).toEqual({ Snapshots: [described] })
})

it('tells what that answer leaves out', () => {
  const [, b] = library().snapshots
  const figures = untoldFigures(b!) // the chain has three
  expect(figures.map(({ label, bytes }) => [label, bytes / GIB])).toEqual([
    ['Added', 4],
    ['Inherited', 0],
    ['Stored here', 4],
    ['Borrowed', 6],
    ['Shared', 10],
    ['Released if deleted', 0],
    ['Fair share', 4],
  ])
})
