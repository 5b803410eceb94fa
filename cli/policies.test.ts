import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { CATALOG_FILE } from '../core/catalog/database.ts'
import { alterCatalog } from '../core/engine/testing/alter-catalog.ts'
import { ask, strata } from './testing/command.ts'
import { Scene } from './testing/scene.ts'

const scene = new Scene()
afterAll(() => scene.remove())

it('F44: a policy is made, previewed, switched on, run once and removed', async () => {
  const library = await scene.library()
  await ask(library, ['volume', 'create', 'web', '--size', '1MiB'])
  await ask(library, ['tag', 'set', 'web', 'Backup=yes'])
  const daily = 'daily: every 24h at 03:00, keep 7'
  const weekly = 'weekly: cron(0 3 ? * MON *), keep 12'
  const wish = ['--target', 'Backup=yes', '--schedule', daily, '--schedule', weekly]
  const made = await ask(library, ['policy', 'create', 'nightly', ...wish, '--tag', 'Auto=yes'])
  expect(made).toMatchObject({
    state: 'disabled',
    schedules: [
      { name: 'daily', everyHours: 24, startsAt: '03:00', cron: null, keepCount: 7 },
      { name: 'weekly', everyHours: null, cron: 'cron(0 3 ? * MON *)', keepUnit: null },
    ],
  })
  const preview = await ask(library, ['policy', 'preview', 'nightly', '--days', '14'])
  expect(preview).toMatchObject({ takenCount: 14, isCut: false, firstDeletion: null })
  const changed = await ask(library, ['policy', 'edit', 'nightly', '--schedule', daily])
  expect(changed).toMatchObject({
    schedules: [{ name: 'daily', tags: [{ key: 'Auto', value: 'yes' }] }],
  })
  const on = await strata(['policy', 'enable', 'nightly', '--library', library])
  expect(on.stdout).toMatch(/^Policy nightly is on and runs .* 03:00:00\nIt runs at /)
  // Other commands run nothing, however late it is.
  alterCatalog(join(library, CATALOG_FILE), 'UPDATE policy SET settled_until = 0')
  expect(await ask(library, ['snapshot', 'ls'])).toMatchObject({ snapshots: [] })
  expect(await ask(library, ['policy', 'run'])).toMatchObject({
    runs: [{ description: 'nightly', takenIds: [expect.any(String)], failures: [] }],
  })
  const again = await strata(['policy', 'run', '--library', library])
  expect(again.stdout).toBe('Nothing was due.\n')
  await ask(library, ['policy', 'edit', 'nightly', '--schedule', daily.replace('7', '1')])
  const onlyOne = await strata(['policy', 'enable', 'nightly', '--library', library])
  expect(onlyOne.stdout).toContain('what comes back depends on what is taken then.')
  await ask(library, ['policy', 'rm', 'nightly'])
  const { steps } = await ask<{ steps: { command: string }[] }>(library, ['history'])
  const commands = steps.map(({ command }) => command)
  expect(commands).toContain(
    `strata policy create nightly --target Backup=yes --schedule '${daily}' --schedule '${weekly}' --tag Auto=yes`,
  )
  expect(commands).toContainEqual(
    expect.stringMatching(
      /^strata policy edit policy-\w+ --description nightly --target Backup=yes --schedule/,
    ),
  )
  expect(await ask(library, ['snapshot', 'ls'])).toMatchObject({
    snapshots: [{ tags: expect.arrayContaining([{ key: 'Auto', value: 'yes' }]) }],
  })
})
