import { type BrowserWindow, Notification } from 'electron'
import type { Notice } from './long-jobs.ts'

/** Notifications that a person can still click: without a reference they would be collected. */
const shown = new Set<Notification>()

/** Tells through the system while the window is not looked at; a click brings it to the front. */
export function notifyAway(window: BrowserWindow, { title, body }: Notice): void {
  if (window.isDestroyed() || window.isFocused() || !Notification.isSupported()) return
  const notification = new Notification({ title, body, silent: true })
  shown.add(notification)
  notification.on('click', () => {
    if (window.isDestroyed()) return
    if (window.isMinimized()) window.restore()
    window.focus()
  })
  notification.on('close', () => shown.delete(notification))
  notification.on('failed', () => shown.delete(notification))
  notification.show()
}
