import { afterAll, expect, it } from 'vitest'
import type { Snapshot } from '../core/contract/model.ts'
import { markFacts } from './marks.ts'
import { ask, refusal, strata } from './testing/command.ts'
import { Scene } from './testing/scene.ts'

const scene = new Scene()
const OWNER = '111122223333'
const OTHER = '444455556666'

afterAll(() => scene.remove())

it('--account says who asks, for one command; account use, from then on', async () => {
  const library = await scene.library()
  await ask(library, ['account', 'add', OTHER, '--name', 'partner'])
  const made = await ask(library, ['volume', 'create', 'a', '--size', '1', '--account', 'partner'])
  expect(made).toMatchObject({ ownerId: OTHER })
  expect(await ask(library, ['volume', 'create', 'b', '--size', '1'])).toMatchObject({
    ownerId: OWNER,
  })
  await ask(library, ['account', 'use', OTHER])
  const { stdout } = await strata(['--library', library, 'account', 'ls'])
  expect(stdout.replace(/ +/g, ' ').split('\n')).toEqual([
    'ACCOUNT NAME VOLUMES SNAPSHOTS STORED',
    `${OWNER} 1 0 0 B`,
    `${OTHER} current partner 1 0 0 B`,
    '',
  ])
  const stats = await strata(['--library', library, 'stats'])
  const told = stats.stdout.replace(/ +/g, ' ')
  expect(told).toContain(`\nAccount ${OTHER} (partner)\nVolumes 1\n`)
  expect(told).toContain('\nOn disk 0 B, of all accounts\nReclaimable 0 B, of all accounts\n')
  expect(told).toContain(
    '\nREGION VOLUMES SNAPSHOTS STORED ON DISK, ALL ACCOUNTS\nlocal current 1 0',
  )
  expect(await refusal(library, ['volume', 'ls', '--account', 'nobody'])).toMatchObject({
    code: 'ACCOUNT_UNKNOWN',
  })
})

it('share lets another account see a snapshot, make a volume of it, and no more', async () => {
  const library = await scene.library()
  const asOther = (...args: string[]) => [...args, '--account', OTHER]
  await ask(library, ['account', 'add', OTHER, '--name', 'partner'])
  await ask(library, ['volume', 'create', 'web', '--size', '1MiB'])
  const taken = ['snapshot', 'create', 'web', '--name', 'A']
  const { snapshotId } = await ask<{ snapshotId: string }>(library, taken)
  expect(await ask(library, ['snapshot', 'share', 'A', '--add', 'partner'])).toEqual({
    ...{ snapshotId, sharedWith: [OTHER], isPublic: false, isPublicBlocked: false },
    ...{ keyId: null, withoutKey: [] },
  })
  const { stdout } = await strata(['--library', library, ...asOther('snapshot', 'ls')])
  expect(stdout.replace(/ +/g, ' ')).toMatch(
    /^ID NAME VOLUME OWNER PARENT .*\nsnap-\w+ A vol-\w+ 111122223333 -.*\nStored in the library by this account: 0 B, on disk 0 B of all accounts\n/,
  )
  expect(await ask(library, asOther('snapshot', 'restore', 'A', '--volume', 'mine'))).toMatchObject(
    {
      ...{ name: 'mine', ownerId: OTHER, originId: snapshotId },
    },
  )
  // Tags are each account's own.
  await ask(library, ['tag', 'set', 'A', 'Keep=yes'])
  expect(await ask(library, asOther('tag', 'set', 'A', 'Team=theirs'))).toEqual({
    ...{ resourceId: snapshotId, tags: [{ key: 'Team', value: 'theirs' }] },
  })
  expect(await refusal(library, asOther('snapshot', 'delete', 'A'))).toMatchObject({
    code: 'OperationNotPermitted',
  })
  expect(await ask(library, asOther('events', '--type', 'shareSnapshot'))).toMatchObject({
    events: [{ account: OTHER, detail: { source: OWNER } }],
  })
  const blocked = { ownerId: OWNER, region: 'local', state: 'block-new-sharing' }
  expect(await ask(library, ['public-access', 'set', 'block-new-sharing'])).toEqual(blocked)
  expect(await refusal(library, ['snapshot', 'share', 'A', '--add', 'all'])).toMatchObject({
    code: 'OperationNotPermitted',
  })
  await ask(library, ['snapshot', 'share', 'A', '--remove', OTHER])
  expect(await refusal(library, asOther('snapshot', 'show', snapshotId))).toMatchObject({
    code: 'InvalidSnapshot.NotFound',
  })
})

it('what is public says so, and where its region keeps everybody from it', () => {
  const given = { lock: null, tags: [], tiering: null, sharedWith: [OTHER], region: 'local' }
  const factsOf = (isPublicBlocked: boolean) =>
    markFacts({ ...given, isPublic: true, isPublicBlocked } as unknown as Snapshot)
  expect(factsOf(false)).toEqual([['Shared with', `${OTHER}, everybody`]])
  expect(factsOf(true)).toEqual([['Shared with', `${OTHER}, everybody (blocked in local)`]])
})
