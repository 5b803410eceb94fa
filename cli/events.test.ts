import { type ChildProcess, spawn } from 'node:child_process'
import { statSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { z } from 'zod'
import { EventDetail } from '../core/contract/world-events.ts'
import { Engine } from '../core/engine/engine.ts'
import { EventJson } from './event-json.ts'
import { ask, builtCommand, refusal, strata, waitFor } from './testing/command.ts'
import { Scene } from './testing/scene.ts'

type Told = ReturnType<(typeof EventJson)['parse']>

const scene = new Scene()
let library: string

/** Events of each type, in two regions. */
beforeAll(async () => {
  library = await scene.library()
  await ask(library, ['volume', 'import', scene.image(), '--name', 'disk'])
  await ask(library, ['snapshot', 'create', 'disk', '--name', 'A'])
  await ask(library, ['region', 'add', 'eu-west-1'])
  await ask(library, ['snapshot', 'copy', 'A', '--to-region', 'eu-west-1'])
  await ask(library, ['volume', 'rm', 'disk'])
})
afterAll(() => scene.remove())

const eventsOf = async (...options: string[]) =>
  (await ask<{ events: Told[] }>(library, ['events', ...options])).events

const summary = (events: readonly Told[]) =>
  events.map(({ region, detail }) => `${region} ${detail.event} ${detail.result}`)

describe('strata events', () => {
  it('lists what happened, oldest first', async () => {
    expect(summary(await eventsOf())).toEqual([
      'local createVolume available',
      'local createSnapshot succeeded',
      'eu-west-1 copySnapshot succeeded',
      'local deleteVolume deleted',
    ])
  })

  it('lists only what is asked for', async () => {
    const all = await eventsOf()
    expect(await eventsOf('--type', 'copySnapshot')).toEqual([all[2]])
    expect(await eventsOf('--result', 'failed')).toEqual([])
    expect(await eventsOf('--limit', '1')).toEqual([all[3]])
    expect(await eventsOf('--region', 'eu-west-1')).toEqual([all[2]])
  })

  it('drops nothing that an event of any type tells', () => {
    const [named, ...others] = EventDetail.options
    const told: readonly z.ZodObject[] = [...named.options, ...others]
    expect(told.length).toBeGreaterThan(10)
    const lost = told.flatMap(({ shape }) =>
      Object.keys(shape).filter((key) => !(key in EventJson.shape.detail.shape)),
    )
    expect(lost).toEqual([])
  })

  it('is a table for people', async () => {
    const { stdout } = await strata(['--library', library, 'events'])
    const lines = stdout.trimEnd().split('\n')
    expect(lines).toHaveLength(5)
    expect(lines[0]).toMatch(/^WHEN +REGION +EVENT +RESULT +ABOUT +DETAIL$/)
    expect(lines[3]).toMatch(
      /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d +eu-west-1 +copySnapshot +succeeded +snap-[0-9a-f]{17} +full$/,
    )
  })

  it.each([
    [['--type', 'deleteSnapshot'], /--type is createSnapshot, .* or policyStateChange\./],
    [['--result', 'done'], /--result is succeeded, .* or \w+\./],
    [['--limit', '0'], /not a number from 1 on/],
    [['--limit', '1001'], /--limit is 1000 at the most/],
  ])('does not understand %j', async (options, says) => {
    const error = await refusal(library, ['events', ...options])
    expect(error).toMatchObject({
      code: 'USAGE',
      exitCode: 2,
      message: expect.stringMatching(says),
    })
  })
})

describe('strata events --follow', () => {
  /** A follower that is stopped when the test ends, and all that it has said. */
  function follow(path: string, ...options: string[]) {
    const args = [builtCommand, '--library', path, '--json', 'events', '--follow', ...options]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    const said = { stdout: '', stderr: '' }
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text))
    onTestFinished(() => void child.kill('SIGKILL'))
    const events = () =>
      said.stdout
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as Told)
    return { child, said, events }
  }

  const endOf = (child: ChildProcess) =>
    new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal })))

  it('tells what there is, then what other commands do, and ends when it is interrupted', async () => {
    const path = scene.copyOf(library)
    const { child, said, events } = follow(path)
    await waitFor(() => events().length === 4)
    await ask(path, ['volume', 'create', 'web', '--size', '1MiB'])
    await ask(path, ['snapshot', 'create', 'web'])
    await waitFor(() => events().length === 6)
    expect(summary(events()).slice(4)).toEqual([
      'local createVolume available',
      'local createSnapshot succeeded',
    ])
    const ended = endOf(child)
    child.kill('SIGINT')
    expect(await ended).toEqual({ code: 0, signal: null })
    expect(said.stderr).toBe('')
    expect((await ask<{ events: Told[] }>(path, ['events'])).events).toEqual(events())
  })

  it('tells only what is asked for, also of what comes', async () => {
    const path = scene.copyOf(library)
    const { events } = follow(path, '--type', 'createSnapshot', '--limit', '1')
    await waitFor(() => events().length === 1)
    await ask(path, ['volume', 'create', 'web', '--size', '1MiB'])
    for (let i = 0; i < 2; i += 1) await ask(path, ['snapshot', 'create', 'web'])
    await waitFor(() => events().length === 3)
    expect(new Set(events().map(({ detail }) => detail.event))).toEqual(new Set(['createSnapshot']))
  })

  it('waits for a program that has the library open, and then tells what it did', async () => {
    const path = scene.copyOf(library)
    const engine = await Engine.open(path, { onEvent: () => {}, holder: 'Another' })
    const { said, events } = follow(path)
    await waitFor(() => said.stderr !== '')
    expect(said.stderr).toMatch(
      / is open in “Another”.*\. What it does is told when it is closed there\.\n$/,
    )
    await engine.createVolume({ name: 'web', sizeBytes: 1 })
    expect(events()).toEqual([])
    await engine.close()
    await waitFor(() => events().length === 5)
    expect(said.stderr.trimEnd().split('\n')).toHaveLength(1)
  })

  it('leaves a library alone in which nothing happens', async () => {
    const path = scene.copyOf(library)
    const { events } = follow(path)
    await waitFor(() => events().length === 4)
    // Opening a library makes a file in its folder and takes it away again.
    await delay(1_500)
    const openedAt = statSync(path).mtimeMs
    await delay(1_500)
    expect(statSync(path).mtimeMs).toBe(openedAt)
  })

  it('ends when nobody reads what it tells any more', async () => {
    const path = scene.copyOf(library)
    const { child, events } = follow(path)
    await waitFor(() => events().length === 4)
    const ended = endOf(child)
    child.stdout.destroy()
    await ask(path, ['volume', 'create', 'web', '--size', '1MiB'])
    expect(await ended).toEqual({ code: 0, signal: null })
  })

  it('fails like any command where there is no library', async () => {
    const error = await refusal(scene.path('none.strata'), ['events', '--follow'])
    expect(error).toMatchObject({ code: 'LIBRARY_MISSING', exitCode: 1 })
  })
})
