import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from './app.ts'
import { ask, foreignPage, refused } from './hostile.ts'

test('the window is a sandboxed, isolated page without Node', async ({ app, page }) => {
  await page.title()
  const { preferences, processId, spellChecks } = await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    // Electron has it for its own tests, which is why its types do not.
    const inside = contents as unknown as { getLastWebPreferences(): object } | undefined
    return {
      preferences: inside?.getLastWebPreferences(),
      processId: contents?.getOSProcessId(),
      spellChecks: contents?.session.isSpellCheckerEnabled(),
    }
  })
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
  })
  expect(spellChecks, 'which would fetch dictionaries').toBe(false)
  // Chromium refuses its sandbox to root, and only Linux tells of it in /proc.
  if (process.platform === 'linux' && process.getuid?.() !== 0) {
    const status = readFileSync(join('/proc', String(processId), 'status'), 'utf8')
    expect(status).toMatch(/^Seccomp:\s+2$/m)
  }
})

test('the bridge is exactly what is declared, and cannot be replaced', async ({ page }) => {
  const surface = () =>
    page.evaluate(() => {
      const globals = globalThis as unknown as Record<string, unknown>
      const foreign = [
        'require',
        'process',
        'module',
        'Buffer',
        'global',
        'electron',
        'ipcRenderer',
      ]
      return {
        bridge: Object.entries(window.strata).map(([key, value]) => `${key}: ${typeof value}`),
        foreign: foreign.filter((name) => globals[name] !== undefined),
      }
    })
  const declared = {
    bridge: [
      'call: function',
      'shell: function',
      'offerFiles: function',
      'onEvent: function',
      'onShellEvent: function',
    ],
    foreign: [],
  }
  expect(await surface()).toEqual(declared)

  await page.evaluate(() => {
    const changes = [
      () => Object.assign(window, { strata: null }),
      () => Object.assign(window.strata, { call: null, steal: () => {} }),
      () => delete (window as Partial<typeof window>).strata,
    ]
    for (const change of changes) {
      try {
        change()
      } catch {
        // Refused loudly or silently: what counts is what stays.
      }
    }
  })
  expect(await surface()).toEqual(declared)
  expect(await ask(page, 'call', 'describeLibrary', {})).toMatchObject({ ok: true })
})

test('calls that there are not are refused', async ({ page }) => {
  for (const [door, name] of [
    ['call', 'dropTables'],
    ['call', '__proto__'],
    ['call', 'constructor'],
    ['call', 'close'],
    ['call', 'openLibrary'],
    ['call', { toString: 'describeLibrary' }],
    ['shell', 'describeLibrary'],
    ['shell', 'hasOwnProperty'],
    ['shell', null],
  ] as const) {
    const reply = await ask(page, door, name, {})
    expect(reply, `${door} ${JSON.stringify(name)}`).toEqual(refused('REQUEST_REFUSED'))
  }
})

test('input of another shape is refused, and changes nothing', async ({ page }) => {
  const before = await ask(page, 'call', 'describeLibrary', {})
  for (const [door, name, input] of [
    ['call', 'describeLibrary', { path: '/etc' }],
    ['call', 'describeLibrary', null],
    ['call', 'planDeletion', { snapshotIds: [] }],
    ['call', 'planDeletion', { snapshotIds: ["snap-0' OR 1=1"] }],
    ['call', 'createVolume', { name: 'x'.repeat(5_000), sizeBytes: 1 }],
    ['call', 'createVolume', { name: 'x', sizeBytes: 1.5 }],
    ['call', 'importImage', { file: { path: '/etc/passwd' }, copy: false }],
    ['shell', 'setTheme', { theme: '<script>' }],
    ['shell', 'openLibrary', { fileId: 7 }],
    ['shell', 'reportActions', { actions: [{ id: 'x'.repeat(65), title: '', isEnabled: true }] }],
  ] as const) {
    const reply = await ask(page, door, name, input)
    expect(reply, `${name} ${JSON.stringify(input)}`).toEqual(refused('REQUEST_REFUSED'))
  }
  expect(await ask(page, 'call', 'describeLibrary', {})).toEqual(before)
})

test('requests count only from the main frame of our window, showing our page', async ({
  app,
  page,
  complaints,
}) => {
  for (const url of ['app://strata/', 'data:text/html,<title>hello</title>']) {
    const foreign = await foreignPage(app, url)
    expect(await ask(foreign, 'call', 'describeLibrary', {})).toEqual(refused('REQUEST_REFUSED'))
    expect(await ask(foreign, 'shell', 'describeShell', {})).toEqual(refused('REQUEST_REFUSED'))
    await foreign.close()
  }
  complaints.forgive(/./) // our page in a window that is not ours has nothing to show

  const inFrame = await page.evaluate(() => {
    const frame = document.body.appendChild(document.createElement('iframe'))
    return typeof (frame.contentWindow as unknown as { strata: unknown }).strata
  })
  expect(inFrame).toBe('undefined')
  await page.evaluate(() => {
    document.body.appendChild(document.createElement('iframe')).src = 'app://strata/'
  })
  await expect.poll(() => complaints.forgive(/Refused to frame/)).toBeGreaterThan(0)
})
