import { afterAll, expect, it } from 'vitest'
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
  expect(await refusal(library, ['volume', 'ls', '--account', 'nobody'])).toMatchObject({
    code: 'ACCOUNT_UNKNOWN',
  })
})
