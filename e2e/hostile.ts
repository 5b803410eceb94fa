import type { ElectronApplication, Page } from '@playwright/test'
import { expect } from './app.ts'

/** The reply to a raw request, as any script in the page could make it. */
export function ask(page: Page, door: 'call' | 'shell', name: unknown, input: unknown) {
  return page.evaluate(
    ([through, called, given]) => {
      const bridge = window.strata as unknown as Record<string, (n: unknown, i: unknown) => unknown>
      return bridge[through as string]?.(called, given)
    },
    [door, name, input],
  )
}

/** What a refused request is answered. */
export const refused = (code: string) => ({ ok: false, error: expect.objectContaining({ code }) })

/** A second page in the app with the same preload: it has no policy of ours, and is not our window. */
export async function foreignPage(app: ElectronApplication, url: string): Promise<Page> {
  const opened = app.waitForEvent('window')
  await app.evaluate(({ app: electronApp, BrowserWindow }, address) => {
    const preload = `${electronApp.getAppPath()}/out/preload/preload.cjs`
    const foreign = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } })
    void foreign.loadURL(address)
  }, url)
  const page = await opened
  await page.waitForLoadState()
  return page
}
