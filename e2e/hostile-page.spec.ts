import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'
import { expect, test } from './app.ts'
import { ask, foreignPage } from './hostile.ts'

/** What Chromium says when the policy or the shell stopped something. */
const STOPPED = /Refused to|Not allowed to load|violates|requires 'Trusted|ERR_BLOCKED_BY/
/** What the page's own rule says of text that should become markup. */
const REFUSED = /takes no markup from text/

test('the page cannot be left, whatever a script tries', async ({ app, page, complaints }) => {
  const waysOut = {
    'a new address': () => location.assign('https://example.com/'),
    'an address of a file': () => location.assign('file:///etc/passwd'),
    'another address of the app': () => location.assign('app://strata/assets/'),
    'a script as an address': () => location.assign('javascript:document.title="taken"'),
    'a link': () => {
      const link = document.body.appendChild(document.createElement('a'))
      Object.assign(link, { href: 'https://example.com/' }).click()
    },
    'a link to a window': () => {
      const link = document.body.appendChild(document.createElement('a'))
      Object.assign(link, { href: 'app://strata/', target: '_blank' }).click()
    },
    'a form': () => {
      const form = document.body.appendChild(document.createElement('form'))
      Object.assign(form, { action: 'https://example.com/' }).submit()
    },
  }
  for (const [how, leave] of Object.entries(waysOut)) {
    await page.evaluate(leave)
    // Whatever began has begun by the time a call has gone round.
    expect(await ask(page, 'call', 'describeLibrary', {}), how).toMatchObject({ ok: true })
    expect(page.url(), how).toBe('app://strata/')
    expect(await page.title(), how).not.toBe('taken')
  }
  const opened = await page.evaluate(() =>
    ['https://example.com/', 'app://strata/', ''].map((url) => window.open(url)),
  )
  expect(opened).toEqual([null, null, null])
  expect(app.windows()).toHaveLength(1)
  complaints.forgive(STOPPED)
})

test('the page has no permission', async ({ page }) => {
  const states = await page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'clipboard-read', 'clipboard-write', 'camera']
    const queried = names.map((name) => navigator.permissions.query({ name: name as 'camera' }))
    const states = (await Promise.all(queried)).map(({ state }) => state)
    return [...states, await Notification.requestPermission()]
  })
  expect(new Set(states)).toEqual(new Set(['denied']))
})

test('the page runs nothing that it was not built with', async ({ page, complaints }) => {
  const injections = {
    'a script tag': () => {
      const script = document.createElement('script')
      script.append('document.title = "taken"')
      document.body.append(script)
    },
    'a handler in an attribute': () => {
      document.body.setAttribute('onclick', 'document.title = "taken"')
      document.body.click()
    },
    'markup made of text': () => {
      document.body.insertAdjacentHTML('beforeend', '<b onclick="">x</b>')
    },
    'a script from elsewhere': () => {
      const script = document.createElement('script')
      script.setAttribute('src', 'https://example.com/x.js')
      document.body.append(script)
    },
    'text made a function': () => {
      // By a timer of the page itself: what Playwright evaluates may evaluate text.
      document.body.dataset.probe = 'text'
      Reflect.apply(setTimeout, window, ['document.title = "taken"'])
    },
  }
  for (const [what, inject] of Object.entries(injections)) {
    const outcome = await page.evaluate(inject).catch((error: Error) => error.message)
    // Markup is refused to the script itself, the rest is told on the console.
    const stopped = () => REFUSED.test(String(outcome)) || complaints.forgive(STOPPED) > 0
    await expect.poll(stopped, { message: what }).toBe(true)
    expect(await page.title(), what).not.toBe('taken')
  }
})

test('style tags need the nonce of their load', async ({ page, complaints }) => {
  const rulesWith = (given: string) =>
    page.evaluate((nonce) => {
      const style = Object.assign(document.createElement('style'), { nonce })
      style.append('html { --taken: 1 }')
      document.head.append(style)
      return style.sheet?.cssRules.length ?? 0
    }, given)
  const nonceOf = async () =>
    (await page.locator('meta[name="csp-nonce"]').getAttribute('content')) ?? ''

  const first = await nonceOf()
  expect(await rulesWith(first)).toBe(1)
  expect(await rulesWith('guess')).toBe(0)
  await expect.poll(() => complaints.forgive(/inline style/)).toBe(1)

  await page.reload()
  expect(await nonceOf()).not.toBe(first)
  expect(await rulesWith(first)).toBe(0)
  await expect.poll(() => complaints.forgive(/inline style/)).toBe(1)
})

test('the page reaches only the files it was built with', async ({ page, complaints }) => {
  const statuses = await page.evaluate(async () => {
    const outside = [
      '/../main/main.js',
      '/%2e%2e/main/main.js',
      '/..%2fmain%2fmain.js',
      '//etc/passwd',
    ]
    const replies = ['/', ...outside].map((address) => fetch(`app://strata${address}`))
    return (await Promise.all(replies)).map(({ status }) => status)
  })
  expect(statuses).toEqual([200, 404, 404, 404, 404])
  await expect.poll(() => complaints.forgive(/status of 404/)).toBe(4)
})

test('nothing goes out, not even from a page without a policy', async ({
  app,
  page,
  complaints,
}) => {
  const asked: string[] = []
  const server = createServer(({ url }, response) => {
    asked.push(url ?? '')
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  try {
    const foreign = await foreignPage(app, 'data:text/html,<title>hello</title>')
    for (const from of [page, foreign]) {
      expect(await reach(from, `127.0.0.1:${port}`)).toEqual(['failed', 'failed', 'failed'])
    }
    await foreign.close()
    expect(asked).toEqual([])
    complaints.forgive(/./) // of ours each is stopped and told, of theirs all kinds of things
  } finally {
    server.close()
  }
})

/** Tries to reach a server by a request, a socket and an image. */
function reach(page: Page, address: string): Promise<string[]> {
  return page.evaluate(async (at) => {
    const request = fetch(`http://${at}/fetch`).then(
      () => 'answered',
      () => 'failed',
    )
    const socket = new Promise<string>((resolve) => {
      const opening = new WebSocket(`ws://${at}/socket`)
      opening.onopen = () => resolve('answered')
      opening.onerror = () => resolve('failed')
    })
    const image = new Promise<string>((resolve) => {
      Object.assign(new Image(), {
        onload: () => resolve('answered'),
        onerror: () => resolve('failed'),
        src: `http://${at}/image`,
      })
    })
    return Promise.all([request, socket, image])
  }, address)
}
