import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import { drawn, expect, launch, leave, test } from './app.ts'
import { ask } from './hostile.ts'

const GIB = 2 ** 30
const shown = (page: Page) =>
  page.evaluate(async () => {
    const reply = await window.strata.call('describeLibrary', {})
    return reply.ok ? { name: reply.value.name, isPractice: reply.value.isPractice } : reply.error
  })

/** Answers the next questions of the system with the button of that number, and keeps them. */
const answerWith = (app: ElectronApplication, button: number) =>
  app.evaluate(({ dialog }, response) => {
    const asked: string[] = []
    Object.assign(globalThis, { asked })
    dialog.showMessageBox = (async (...given: unknown[]) => {
      asked.push(JSON.stringify(given.at(-1)))
      return { response, checkboxChecked: false }
    }) as typeof dialog.showMessageBox
  }, button)
const askedBy = (app: ElectronApplication) =>
  app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked)

test('the first start opens the example; what was opened last is there at the next', async ({
  profile,
}, info) => {
  test.slow() // four starts
  const path = info.outputPath('Work.strata')
  const sessions: [args: string[], expected: object][] = [
    [[], { name: 'Practice', isPractice: true }],
    [['--library', path], { name: 'Work', isPractice: false }],
    [[], { name: 'Work', isPractice: false }],
  ]
  for (const [args, expected] of sessions) {
    const app = await launch(profile, args)
    expect(await shown(await drawn(app))).toEqual(expected)
    await leave(app)
  }

  rmSync(path, { recursive: true })
  const app = await launch(profile)
  const page = await drawn(app)
  expect(await shown(page)).toMatchObject({ isPractice: true })
  await expect(page.getByText(/There is no library at .*Work\.strata/).first()).toBeVisible()
  await leave(app)
})

test('files of a command line count as dropped, also those of a second start, which opens its library', async ({
  profile,
  image,
}, info) => {
  const first = await image(1, 'first.img')
  const second = await image(1, 'second.img')
  const app = await launch(profile, [first])
  const page = await drawn(app)
  // In the example it can only be a volume of its own; then there is a choice.
  await expect(page.getByRole('button', { name: /^s1, / })).toBeVisible()
  await expect(page.getByRole('navigation', { name: 'Volumes' })).toContainText('first')

  const electron = createRequire(import.meta.url)('electron') as string
  const root = resolve(import.meta.dirname, '..')
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const startAgain = async (...asked: string[]) => {
    const args = [...sandbox, root, `--user-data-dir=${profile}`, ...asked]
    const [code] = await once(spawn(electron, args, { stdio: 'ignore' }), 'exit')
    expect(code).toBe(0)
  }
  await startAgain(second)
  await expect(page.getByRole('dialog')).toContainText('second.img')
  await expect(page.getByRole('dialog').getByRole('radio')).toHaveCount(2)
  await startAgain('--library', info.outputPath('Other.strata'))
  await expect.poll(() => shown(page)).toEqual({ name: 'Other', isPractice: false })
  expect(app.windows()).toHaveLength(1)
  await leave(app)
})

test('leaving asks about work that runs, and keeps it if told so', async ({ app, page }, info) => {
  const path = info.outputPath('huge.img')
  // Room without data has no holes to skip: long to read, and quick to make.
  execFileSync('fallocate', ['--length', String(12 * GIB), path])
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = (async () => ({
      canceled: false,
      filePaths: [chosen],
    })) as typeof dialog.showOpenDialog
  }, path)
  await page.evaluate(async () => {
    const chosen = await window.strata.shell('chooseImages', {})
    const file = chosen.ok ? (chosen.value[0]?.fileId ?? '') : ''
    await window.strata.call('importImage', { file, copy: true })
  })
  const running = async () => JSON.stringify(await ask(page, 'call', 'listJobs', {}))
  await expect.poll(running).toContain('"running"')

  await answerWith(app, 0)
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
  await expect.poll(() => askedBy(app)).toEqual([expect.stringContaining('Cancel what is running')])
  expect(await running()).toContain('"running"')

  await answerWith(app, 1)
  const closed = app.waitForEvent('close')
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
  await closed
})

test('the window remembers its place and its theme', async ({ profile }) => {
  const at = { x: 40, y: 30, width: 1_100, height: 700 }
  const first = await launch(profile)
  const page = await drawn(first)
  await first.evaluate(({ BrowserWindow }, place) => {
    BrowserWindow.getAllWindows()[0]?.setBounds(place)
  }, at)
  await ask(page, 'shell', 'setTheme', { theme: 'dark' })
  await leave(first)

  const app = await launch(profile)
  const isDark = () => matchMedia('(prefers-color-scheme: dark)').matches
  expect(await (await drawn(app)).evaluate(isDark)).toBe(true)
  const place = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.getBounds(),
  )
  expect(place).toMatchObject(at)
  await leave(app)
})
