import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { buildDriver } from '../crash/build-driver.ts'
import { Engine } from './engine.ts'
import { blocks, Scene } from './testing/scene.ts'

let driver: string
beforeAll(async () => {
  driver = await buildDriver()
})

/** Starts another process on a library. */
function start(library: string, ...args: string[]): ChildProcess {
  const child = spawn(process.execPath, [driver, library, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

async function outcomeOf(child: ChildProcess): Promise<{ code: number; text: string }> {
  let text = ''
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (part) => (text += part))
  const [code] = (await once(child, 'close')) as [number]
  return { code, text }
}

test('a second opener in the same process is told who has it', async () => {
  const scene = await Scene.begin()
  const opening = Engine.open(scene.library, { onEvent: () => {}, holder: 'another' })
  await expect(opening).rejects.toMatchObject({
    code: 'LIBRARY_LOCKED',
    message: expect.stringContaining(`“Strata”, process ${process.pid}`),
  })
})

test('a second process is kept out, also after a second opener in the first was', async () => {
  const scene = await Scene.begin()
  for (let round = 0; round < 2; round += 1) {
    const { code, text } = await outcomeOf(start(scene.library, 'describeLibrary', '{}'))
    expect(code).not.toBe(0)
    expect(text).toContain('LIBRARY_LOCKED')
    expect(text).toContain(`process ${process.pid}`)
    await expect(Engine.open(scene.library)).rejects.toMatchObject({ code: 'LIBRARY_LOCKED' })
  }
  await scene.managed(blocks(1))
  await scene.engine.close()
  expect((await outcomeOf(start(scene.library, 'describeLibrary', '{}'))).text).toBe('acked\n')
})

test('when the holder is killed, the library opens', async () => {
  const scene = await Scene.begin()
  await scene.managed(blocks(1), 'kept')
  await scene.engine.close()
  const holder = start(scene.library, 'hold')
  await once(holder.stdout!, 'data')
  await expect(Engine.open(scene.library)).rejects.toMatchObject({
    code: 'LIBRARY_LOCKED',
    message: expect.stringContaining(`process ${holder.pid}`),
  })
  holder.kill('SIGKILL')
  await once(holder, 'close')
  scene.engine = await Engine.open(scene.library)
  expect((await scene.view()).volumes.map(({ name }) => name)).toEqual(['kept'])
})

test('the file that names the holder is there while it is open, and only then', async () => {
  const scene = await Scene.begin()
  const file = `${scene.library}/lock`
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ pid: process.pid })
  await scene.engine.close()
  expect(existsSync(file)).toBe(false)
  scene.engine = await Engine.open(scene.library)
})
