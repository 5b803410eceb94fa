import { EventEmitter } from 'node:events'
import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { StrataError, toWire } from '../core/contract/errors.ts'
import { tempFolder } from '../core/testing/temp-folder.ts'
import type { EngineThread } from '../core/threads/engine-client.ts'
import type { EngineRequest, ToEngine } from '../core/threads/engine-messages.ts'
import { Libraries } from './libraries.ts'
import { Settings } from './settings.ts'

/** A thread that remembers what it was asked, and refuses paths that are said to be missing. */
class FakeThread extends EventEmitter {
  open: string | null = null
  readonly asked: string[] = []
  readonly #missing: ReadonlySet<string>

  constructor(missing: ReadonlySet<string>) {
    super()
    this.#missing = missing
  }

  postMessage({ sequence, request }: ToEngine): void {
    setImmediate(() => {
      const reply = { kind: 'reply', sequence, reply: this.#answer(request) }
      this.emit('message', reply)
    })
  }

  async terminate(): Promise<number> {
    this.asked.push('terminate')
    return 0
  }

  #answer(request: EngineRequest) {
    if (request.kind === 'call') return { ok: true, value: { path: this.open } }
    if (request.kind === 'close') {
      this.asked.push('close')
      return { ok: true, value: null }
    }
    const { path } = request
    this.asked.push(`${request.kind} ${path}${'holds' in request ? ` with ${request.holds}` : ''}`)
    if (request.kind === 'open' && this.#missing.has(path)) {
      return { ok: false, error: toWire(new StrataError('LIBRARY_MISSING', { path })) }
    }
    this.open = path
    if (request.kind === 'create') mkdirSync(path, { recursive: true })
    return { ok: true, value: null }
  }
}

function world(recent: readonly string[] = [], missing: readonly string[] = []) {
  const folder = tempFolder()
  const settings = Settings.read(join(folder, 'settings.json'), () => {})
  for (const path of recent) settings.rememberLibrary(path)
  const threads: FakeThread[] = []
  const told = { onEvent: vi.fn(), onOpened: vi.fn(), onRefused: vi.fn(), onStopped: vi.fn() }
  const libraries = new Libraries({
    startThread: () => {
      const thread = new FakeThread(new Set(missing))
      threads.push(thread)
      return thread as unknown as EngineThread
    },
    practiceFolder: join(folder, 'practice'),
    settings,
    log: { note: () => {}, fault: () => {} },
    ...told,
  })
  const practice = join(folder, 'practice', 'Practice.strata')
  return { libraries, settings, threads, told, practice }
}

describe('the first library of a session', () => {
  it('is a practice library at the very first start', async () => {
    const { libraries, threads, practice, told } = world()
    await libraries.start(null)
    expect(threads[0]?.asked).toEqual([`create ${practice} with example`])
    expect(libraries.openPath).toBe(practice)
    expect(told.onRefused).not.toHaveBeenCalled()
  })

  it('is the one that was open last', async () => {
    const { libraries, threads } = world(['/old.strata', '/last.strata'])
    await libraries.start(null)
    expect(threads[0]?.asked).toEqual(['open /last.strata'])
  })

  it('is the one that was asked for, made if it is not there', async () => {
    const { libraries, threads, told } = world(['/last.strata'], ['/new.strata'])
    await libraries.start('/new.strata')
    expect(threads[0]?.asked).toEqual(['open /new.strata', 'create /new.strata with nothing'])
    expect(told.onRefused).not.toHaveBeenCalled()
  })

  it('is a practice library when the last one is gone, which is told and then forgotten', async () => {
    const { libraries, settings, told, practice } = world(['/gone.strata'], ['/gone.strata'])
    await libraries.start(null)
    expect(libraries.openPath).toBe(practice)
    expect(told.onRefused.mock.calls[0]?.[0]).toMatchObject({ code: 'LIBRARY_MISSING' })
    expect(settings.values.recent).toEqual([practice])
  })

  it('is there for calls that were asked before it was open', async () => {
    const { libraries, practice } = world(['/gone.strata'], ['/gone.strata'])
    void libraries.start(null)
    expect(await libraries.api.describeLibrary({})).toEqual({ path: practice })
  })
})

describe('another library', () => {
  it('is remembered and told, unlike the first, for which the page waits', async () => {
    const { libraries, settings, threads, told } = world(['/a.strata'], ['/new.strata'])
    await libraries.start(null)
    await libraries.open('/b.strata')
    expect(settings.values.recent).toEqual(['/b.strata', '/a.strata'])
    expect(told.onOpened.mock.calls).toEqual([['/b.strata']])
    await libraries.openOrCreate('/new.strata')
    expect(threads[0]?.asked.at(-1)).toBe('create /new.strata with nothing')
    expect(told.onOpened.mock.lastCall).toEqual(['/new.strata'])
  })

  it('is told from the open one by where its path leads, not by its text', async () => {
    const folder = tempFolder()
    const open = join(folder, 'open.strata')
    mkdirSync(open)
    symlinkSync(open, join(folder, 'link.strata'))
    const { libraries } = world([open])
    expect(libraries.isOpen(open)).toBe(false)
    await libraries.start(null)
    const isOpen = (name: string) => libraries.isOpen(join(folder, name))
    expect(['open.strata', 'link.strata', 'none.strata'].map(isOpen)).toEqual([true, true, false])
  })

  it('that cannot be opened leaves all as it was', async () => {
    const { libraries, settings, told } = world(['/a.strata'], ['/gone.strata'])
    await libraries.start(null)
    await expect(libraries.open('/gone.strata')).rejects.toThrow()
    expect(libraries.openPath).toBe('/a.strata')
    expect(settings.values.recent).toEqual(['/a.strata'])
    expect(told.onOpened).not.toHaveBeenCalled()
  })
})

describe('an engine that stops by itself', () => {
  it('is followed by another one on the same library', async () => {
    const { libraries, threads, told } = world(['/a.strata'])
    await libraries.start(null)
    threads[0]?.emit('error', new Error('out of memory'))
    await vi.waitFor(() => expect(told.onStopped).toHaveBeenCalled())
    expect(told.onStopped.mock.calls).toEqual([
      [expect.objectContaining({ code: 'ENGINE_STOPPED' }), true],
    ])
    expect(threads[1]?.asked).toEqual(['open /a.strata'])
    expect(await libraries.api.describeLibrary({})).toEqual({ path: '/a.strata' })
  })

  it('is left alone when the next one stops at once, and calls say so', async () => {
    const { libraries, threads, told } = world(['/a.strata'])
    await libraries.start(null)
    threads[0]?.emit('error', new Error('bad disk'))
    await vi.waitFor(() => expect(told.onStopped).toHaveBeenCalledTimes(1))
    threads[1]?.emit('error', new Error('bad disk'))
    await vi.waitFor(() => expect(told.onStopped).toHaveBeenCalledTimes(2))
    expect(told.onStopped.mock.calls[1]?.[1]).toBe(false)
    expect(threads).toHaveLength(2)
    await expect(libraries.api.describeLibrary({})).rejects.toMatchObject({
      code: 'ENGINE_STOPPED',
    })
    expect(libraries.openPath).toBeNull()

    await libraries.open('/b.strata')
    expect(threads[2]?.asked).toEqual(['open /b.strata'])
    expect(await libraries.api.describeLibrary({})).toEqual({ path: '/b.strata' })
  })
})

it('closing closes the library before it ends the thread', async () => {
  const { libraries, threads } = world(['/a.strata'])
  await libraries.start(null)
  await libraries.close()
  expect(threads[0]?.asked).toEqual(['open /a.strata', 'close', 'terminate'])
})
