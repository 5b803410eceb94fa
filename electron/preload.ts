import { contextBridge, ipcRenderer, webUtils } from 'electron'
import type { CallName, Input, Output, Reply } from '../core/contract/calls.ts'
import type { EngineEvent } from '../core/contract/events.ts'
import type {
  OfferedFile,
  ShellCallName,
  ShellEvent,
  ShellInput,
  ShellOutput,
} from '../core/contract/shell.ts'

/** All that the window can reach. Replies pass unopened: a thrown error would lose its code. */
const bridge = {
  call: <K extends CallName>(name: K, input: Input<K>): Promise<Reply<Output<K>>> =>
    ipcRenderer.invoke('strata:call', name, input),

  shell: <K extends ShellCallName>(name: K, input: ShellInput<K>): Promise<Reply<ShellOutput<K>>> =>
    ipcRenderer.invoke('strata:shell', name, input),

  /** Offers dropped files. Their paths stop here; a file that was made in the page has none. */
  offerFiles: async (files: File[]): Promise<OfferedFile[]> => {
    const paths = files.map((file) => webUtils.getPathForFile(file)).filter((path) => path !== '')
    const reply: Reply<OfferedFile[]> = await ipcRenderer.invoke('strata:offer', paths)
    if (!reply.ok) throw new Error(reply.error.message)
    return reply.value
  },

  /** @returns a function that stops listening */
  onEvent: (listener: (event: EngineEvent) => void) => listen('strata:event', listener),

  /** @returns a function that stops listening */
  onShellEvent: (listener: (event: ShellEvent) => void) => listen('strata:shell-event', listener),
}

export type Bridge = typeof bridge

contextBridge.exposeInMainWorld('strata', bridge)

function listen<Event>(channel: string, listener: (event: Event) => void): () => void {
  const relay = (_: unknown, event: Event) => listener(event)
  ipcRenderer.on(channel, relay)
  return () => {
    ipcRenderer.off(channel, relay)
  }
}
