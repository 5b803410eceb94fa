import { EventEmitter } from 'node:events'
import { MessageChannel, Worker } from 'node:worker_threads'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { callNames } from '../contract/calls.ts'
import { StrataError } from '../contract/errors.ts'
import type { EngineEvent } from '../contract/events.ts'
import {
  EngineClient,
  type EngineClientOptions,
  type EngineThread,
  wireOf,
} from './engine-client.ts'
import {
  type EngineFactory,
  type EngineTells,
  type OpenEngine,
  serveEngine,
} from './engine-server.ts'

/** Engines that only remember which library they are on, and fail on demand. */
function factoryOf(log: string[]) {
  const tells = new Map<string, EngineTells>()
  const engineOn = (path: string): OpenEngine =>
    ({
      describeLibrary: async () => ({ path }),
      renameVolume: async ({ name }: { name: string }) => {
        throw new StrataError('NAME_TAKEN', { name, kind: 'volume' })
      },
      listJobs: async () => {
        throw new Error('a secret of the disk')
      },
      close: async () => {
        log.push(`closed ${path}`)
        if (path.includes('sticky')) throw new Error('cannot close')
      },
    }) as unknown as OpenEngine
  const start = async (verb: string, path: string, told: EngineTells) => {
    await new Promise((resolve) => setTimeout(resolve, 5))
    if (path.includes('missing')) throw new StrataError('LIBRARY_MISSING', { path })
    log.push(`${verb} ${path}`)
    tells.set(path, told)
    told.onEvent({ kind: 'libraryChanged', revision: 0 })
    return engineOn(path)
  }
  const factory: EngineFactory = {
    open: (path, told) => start('opened', path, told),
    create: (path, holds, told) => start(`created with ${holds}:`, path, told),
  }
  return { factory, tells }
}

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

/** A client and a server in this process, joined as a thread would join them. */
function joined(options: Partial<EngineClientOptions> = {}) {
  const log: string[] = []
  const events: EngineEvent[] = []
  const { factory, tells } = factoryOf(log)
  const { port1, port2 } = new MessageChannel()
  closers.push(() => port1.close())
  serveEngine(port2, factory)
  const thread = Object.assign(new EventEmitter(), {
    postMessage: (message: unknown) => port1.postMessage(message),
    terminate: async () => {
      log.push('terminated')
      return 0
    },
  }) as unknown as EngineThread & EventEmitter
  port1.on('message', (message) => thread.emit('message', message))
  const client = new EngineClient(thread, {
    onEvent: (event) => events.push(event),
    onStopped: () => {},
    onFault: () => {},
    onSlow: () => {},
    ...options,
  })
  return { client, thread, log, events, tells }
}

const wireErrorOf = (failing: Promise<unknown>) => failing.then(() => null, wireOf)

describe('the engine behind messages', () => {
  it('has every call of the contract', () => {
    expect(Object.keys(joined().client.api).sort()).toEqual([...callNames].sort())
  })

  it('refuses calls while no library is open', async () => {
    const { client } = joined()
    expect((await wireErrorOf(client.api.describeLibrary({})))?.code).toBe('LIBRARY_NOT_OPEN')
  })

  it('answers a call that was asked while its library was still being opened', async () => {
    const { client } = joined()
    void client.open('/a.strata')
    expect(await client.api.describeLibrary({})).toEqual({ path: '/a.strata' })
  })

  it('leaves the open library only once the next one is open', async () => {
    const { client, log } = joined()
    await client.open('/a.strata')
    await client.create('/b.strata', 'example')
    expect(log).toEqual(['opened /a.strata', 'created with example: /b.strata', 'closed /a.strata'])
    expect(await client.api.describeLibrary({})).toEqual({ path: '/b.strata' })
  })

  it('keeps the open library when another one cannot be opened', async () => {
    const { client, log } = joined()
    await client.open('/a.strata')
    expect((await wireErrorOf(client.open('/missing.strata')))?.code).toBe('LIBRARY_MISSING')
    expect(log).toEqual(['opened /a.strata'])
    expect(await client.api.describeLibrary({})).toEqual({ path: '/a.strata' })
  })

  it('does not open again what is open, which would find it locked by itself', async () => {
    const { client, log } = joined()
    await client.open('/a.strata')
    await client.open('/folder/../a.strata')
    expect(log).toEqual(['opened /a.strata'])
  })

  it('opens the next library though the last one does not close, and tells the fault', async () => {
    const onFault = vi.fn()
    const { client } = joined({ onFault })
    await client.open('/sticky.strata')
    await client.open('/b.strata')
    expect(await client.api.describeLibrary({})).toEqual({ path: '/b.strata' })
    expect(onFault.mock.calls).toEqual([['close', expect.stringContaining('cannot close')]])
  })

  it('carries code, sentence and remedy of an expected failure', async () => {
    const onFault = vi.fn()
    const { client } = joined({ onFault })
    await client.open('/a.strata')
    const renaming = client.api.renameVolume({ volumeId: 'vol-0' as never, name: 'db' })
    expect(await wireErrorOf(renaming)).toEqual({
      code: 'NAME_TAKEN',
      message: 'Another volume is already called “db”.',
      remedy: expect.stringContaining('another name'),
    })
    expect(onFault).not.toHaveBeenCalled()
  })

  it('tells a defect to the log with its stack, and to the caller without its text', async () => {
    const onFault = vi.fn()
    const { client } = joined({ onFault })
    await client.open('/a.strata')
    const wire = await wireErrorOf(client.api.listJobs({}))
    expect(wire?.code).toBe('INTERNAL')
    expect(JSON.stringify(wire)).not.toContain('secret')
    expect(onFault.mock.calls).toEqual([['listJobs', expect.stringContaining('a secret')]])
  })

  it('relays events of the open library, none of one that is being made or was left', async () => {
    const { client, events, tells } = joined()
    await client.open('/a.strata')
    tells.get('/a.strata')?.onEvent({ kind: 'libraryChanged', revision: 1 })
    await client.open('/b.strata')
    tells.get('/a.strata')?.onEvent({ kind: 'libraryChanged', revision: 2 })
    tells.get('/b.strata')?.onEvent({ kind: 'libraryChanged', revision: 3 })
    await client.api.describeLibrary({})
    expect(events).toEqual([1, 3].map((revision) => ({ kind: 'libraryChanged', revision })))
  })

  it('closes the library before it ends the thread, which it ends in any case', async () => {
    const { client, log } = joined()
    await client.open('/sticky.strata')
    await expect(client.close()).rejects.toThrow()
    expect(log.slice(1)).toEqual(['closed /sticky.strata', 'terminated'])
  })

  it('names calls that took over 50 ms', async () => {
    const onSlow = vi.fn()
    const { client } = joined({ onSlow })
    void client.open('/a.strata')
    vi.spyOn(performance, 'now').mockReturnValueOnce(1_000).mockReturnValueOnce(1_051)
    await client.api.describeLibrary({})
    expect(onSlow.mock.calls).toEqual([['describeLibrary', 51]])
    vi.restoreAllMocks()
  })
})

describe('a thread that stops by itself', () => {
  const dying = (code: string) => {
    const onStopped = vi.fn()
    const ignored = { onEvent: () => {}, onFault: () => {}, onSlow: () => {} }
    const worker = new Worker(code, { eval: true })
    closers.push(() => void worker.terminate())
    return { client: new EngineClient(worker, { ...ignored, onStopped }), onStopped }
  }
  const ON_MESSAGE = "require('node:worker_threads').parentPort.once('message', () =>"

  it.each([
    ['throws', `${ON_MESSAGE} { throw new Error('out of luck') })`, /out of luck/],
    ['exits', `${ON_MESSAGE} process.exit(3))`, /ended with code 3/],
  ])('rejects all that waits when it %s, and tells once', async (_how, code, cause) => {
    const { client, onStopped } = dying(code)
    const waiting = [client.open('/a.strata'), client.api.describeLibrary({})]
    for (const failing of waiting) {
      const wire = await wireErrorOf(failing)
      expect(wire).toMatchObject({ code: 'ENGINE_STOPPED', message: expect.stringMatching(cause) })
    }
    expect((await wireErrorOf(client.api.describeLibrary({})))?.code).toBe('ENGINE_STOPPED')
    await vi.waitFor(() => expect(onStopped).toHaveBeenCalledTimes(1))
  })

  it('is not told of when it was asked to end', async () => {
    const reply = '{ sequence: 1, kind: "reply", reply: { ok: true, value: null } }'
    const { client, onStopped } = dying(
      `const { parentPort } = require('node:worker_threads')
       parentPort.on('message', () => parentPort.postMessage(${reply}))`,
    )
    await client.close()
    expect(onStopped).not.toHaveBeenCalled()
  })
})
