import { execFileSync } from 'node:child_process'
import { copyFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'rolldown'
import { expect, onTestFinished, test, vi } from 'vitest'
import { openImage } from '../images/image-file.ts'
import { span } from '../lineage/index-set.ts'
import { makeImage } from '../testing/make-image.ts'
import { tempFolder } from '../testing/temp-folder.ts'
import { BlockJob, endBlockThreads, threadCountFor, withJob } from './block-threads.ts'
import { type ScanInput, scanBlocks } from './scan.ts'
import { workerFile } from './worker-file.ts'

vi.setConfig({ testTimeout: 30_000 })

function scanInput(blockCount: number): ScanInput {
  const path = join(tempFolder(), 'disk.img')
  makeImage(
    path,
    Array.from({ length: blockCount }, (_, seed) => ({ kind: 'noise', seed })),
  )
  const image = openImage(path)
  onTestFinished(() => image.close())
  return {
    path: image.path,
    stamp: image.stamp,
    sizeBytes: image.stamp.sizeBytes,
    indices: span(0, blockCount),
    zeros: 'hole',
    parent: null,
    segmentsDir: tempFolder(),
    compression: 'none',
    signal: new AbortController().signal,
    onProgress: () => {},
  }
}

test('small jobs get one thread, larger ones at least two and never many', () => {
  expect(threadCountFor(1)).toBe(1)
  expect(threadCountFor(63)).toBe(1)
  expect(threadCountFor(64)).toBeGreaterThanOrEqual(2)
  expect(threadCountFor(2 ** 27)).toBeLessThanOrEqual(4)
})

test('when the threads die, the job fails, leaves no segment, and the next one works', async () => {
  const input = scanInput(80)
  const dying = scanBlocks({
    ...input,
    parent: () => void setImmediate(() => void endBlockThreads()),
  })
  await expect(dying).rejects.toThrow(/thread ended/)
  expect(readdirSync(input.segmentsDir)).toEqual([])
  expect((await scanBlocks(input)).blocks.count).toBe(80)
})

test('a defect in a thread arrives with its text, and the thread goes on', async () => {
  const signal = new AbortController().signal
  const failed = withJob('scan', [{} as never], { signal, onProgress: () => {} }, async () => 1)
  await expect(failed).rejects.toThrow(/TypeError/)
  const job = await BlockJob.open('check', [null])
  expect(await job.close()).toEqual([null])
})

test('more jobs than threads take turns', async () => {
  const inputs = Array.from({ length: 7 }, () => scanInput(66))
  const results = await Promise.all(inputs.map(scanBlocks))
  expect(results.map(({ blocks }) => blocks.count)).toEqual(inputs.map(() => 66))
})

test.each(['.', 'chunks'])(
  'bundled, in %s, it finds its thread and then ends by itself',
  async (at) => {
    const { path, segmentsDir } = scanInput(70)
    const folder = tempFolder()
    const program = join(folder, 'program.ts')
    writeFileSync(
      program,
      `import { openImage } from ${JSON.stringify(source('../images/image-file.ts'))}
    import { scanBlocks } from ${JSON.stringify(source('./scan.ts'))}
    const { path, stamp } = openImage(${JSON.stringify(path)})
    const { blocks } = await scanBlocks({
      path, stamp, sizeBytes: stamp.sizeBytes, indices: Uint32Array.of(0, 70), zeros: 'hole',
      parent: null, segmentsDir: ${JSON.stringify(segmentsDir)}, compression: 'none',
      signal: new AbortController().signal, onProgress: () => {},
    })
    console.log(blocks.count)`,
    )
    const file = join(folder, at, 'program.mjs')
    await build({ input: program, platform: 'node', logLevel: 'warn', output: { file } })
    copyFileSync(fileURLToPath(workerFile('block-worker')), join(folder, 'block-worker.js'))
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
    // Threads stay for 30 s when idle: a process that waited for them would run into this.
    const out = execFileSync(process.execPath, [file], { timeout: 20_000, encoding: 'utf8' })
    expect(out).toBe('70\n')
  },
)

function source(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url))
}
