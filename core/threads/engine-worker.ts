import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { Engine } from '../engine/engine.ts'
import { buildExample } from '../engine/practice.ts'
import { type EngineFactory, serveEngine } from './engine-server.ts'
import { systemStoreBehind } from './system-store.ts'

/** The entry of the engine thread: the only place in the app that opens a library. */
const holder = 'the Strata window'

/** Its data is the port to the system's store of secrets, where there is one. */
const port: MessagePort | null = workerData ?? null
const keyVault = port === null ? {} : { system: systemStoreBehind(port) }

const engines: EngineFactory = {
  open: (path, tells) => Engine.open(path, { ...tells, holder, keyVault }),
  create: async (path, holds, tells) => {
    const practice = holds === 'example'
    const engine = await Engine.create(path, { ...tells, holder, keyVault, practice })
    try {
      if (practice) await buildExample(engine)
    } catch (error) {
      await engine.close()
      throw error
    }
    return engine
  },
}

if (!parentPort) throw new Error('engine-worker is the entry of a thread')
serveEngine(parentPort, engines)
