/**
 * Puts text on the clipboard as the system's own copy command does. The page has no permission to
 * write the clipboard at will: this works only while a key or click is being handled.
 *
 * @returns whether it was taken
 */
export function copyText(text: string): boolean {
  const take = (event: Event) => {
    event.preventDefault() // says that there is something to copy, though nothing is selected
    event.stopImmediatePropagation()
    if (event instanceof ClipboardEvent) event.clipboardData?.setData('text/plain', text)
  }
  for (const kind of COPYING) document.addEventListener(kind, take, { capture: true })
  try {
    return document.execCommand('copy')
  } finally {
    for (const kind of COPYING) document.removeEventListener(kind, take, { capture: true })
  }
}

const COPYING = ['beforecopy', 'copy']
