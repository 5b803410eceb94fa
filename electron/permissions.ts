import { type App, type Session, session, type WebContents } from 'electron'

/** Nothing that the page needs is asked of the browser, so every such request is refused. */
export function denyPermissions(ours: Session): void {
  ours.setPermissionRequestHandler((_contents, _permission, callback) => callback(false))
  ours.setPermissionCheckHandler(() => false)
  ours.setDevicePermissionHandler(() => false)
  ours.setDisplayMediaRequestHandler((_request, callback) => callback(null))
  ours.on('will-download', (event) => event.preventDefault())
}

/** Addresses that stay inside the app; the tools of developers are absent from a packaged one. */
const INNER_PROTOCOLS = new Set(['app:', 'blob:', 'data:', 'devtools:', 'chrome-extension:'])

/** Nothing leaves the machine: the page and all it loads come from the app itself. */
export function denyNetwork(ours: Session): void {
  ours.webRequest.onBeforeRequest(({ url }, callback) => {
    callback({ cancel: !INNER_PROTOCOLS.has(protocolOf(url)) })
  })
}

/** Pages stay where they are: no navigation, no window, no embedded browser. */
export function denyNavigation(app: App): void {
  app.on('web-contents-created', (_created, contents: WebContents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
    contents.on('will-navigate', (event) => event.preventDefault())
    contents.on('will-frame-navigate', (event) => event.preventDefault())
    contents.on('will-redirect', (event) => event.preventDefault())
    contents.on('will-attach-webview', (event) => event.preventDefault())
  })
}

/** The session of the window, with all of it denied. */
export function closedSession(): Session {
  const ours = session.defaultSession
  denyPermissions(ours)
  denyNetwork(ours)
  ours.setSpellCheckerEnabled(false) // it would fetch dictionaries
  return ours
}

function protocolOf(url: string): string {
  return url.slice(0, url.indexOf(':') + 1).toLowerCase()
}
