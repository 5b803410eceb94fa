import { parentPort } from 'node:worker_threads'
import { Engine } from '../engine/engine.ts'
import { buildExample } from '../engine/practice.ts'
import { type EngineFactory, serveEngine } from './engine-server.ts'

/** The entry of the engine thread: the only place in the app that opens a library. */
const holder = 'the Strata window'

const engines: EngineFactory = {
  open: (path, tells) => Engine.open(path, { ...tells, holder }),
  create: async (path, holds, tells) => {
    const engine = await Engine.create(path, { ...tells, holder, practice: holds === 'example' })
    try {
      if (holds === 'example') await buildExample(engine)
    } catch (error) {
      await engine.close()
      throw error
    }
    return engine
  },
}

if (!parentPort) throw new Error('engine-worker is the entry of a thread')
serveEngine(parentPort, engines)
