import { MessageChannel, Worker } from 'node:worker_threads'
import type { SystemStore } from '../engine/key-vault.ts'
import { serveSystemStore } from './system-store.ts'
import { workerFile } from './worker-file.ts'

/**
 * A fresh thread for an EngineClient.
 *
 * @param store null: keys are opened by a passphrase alone
 */
export function startEngineThread(store: SystemStore | null): Worker {
  if (store === null) return new Worker(workerFile('engine-worker'))
  const { port1, port2 } = new MessageChannel()
  serveSystemStore(port1, store)
  return new Worker(workerFile('engine-worker'), { workerData: port2, transferList: [port2] })
}
