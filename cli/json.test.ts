import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FastRestore } from '../core/contract/fast-restore.ts'
import { BLOCK_BYTES } from '../core/contract/units.ts'
import { documents } from './json.ts'
import { strata } from './testing/command.ts'
import { rewriteBlocks, Scene } from './testing/scene.ts'
import { type DocumentName, documentTold } from './testing/told-documents.ts'

const scene = new Scene()
const said = new Map<string, unknown>()
let library: string

/** Runs, and holds that what is printed is that document, no more and no less. */
async function tells(name: DocumentName, ...args: string[]): Promise<unknown> {
  if (name !== 'error') expect(documentTold(args), args.join(' ')).toBe(name)
  const outcome = await strata(['--library', library, '--json', ...args])
  expect(outcome, args.join(' ')).toMatchObject({
    exitCode: name === 'error' ? 1 : 0,
    stderr: '',
    stdout: expect.stringMatching(/^\{\n.*\n\}\n$/s),
  })
  const told: unknown = JSON.parse(outcome.stdout)
  expect(documents[name].parse(told), args.join(' ')).toEqual(told)
  said.set(args.join(' '), told)
  return told
}

/** One life of a library, with every command in it. */
beforeAll(async () => {
  library = scene.path('life.strata')
  const image = scene.image()
  await tells('library', 'init', '--compression', 'none')
  await tells('volume', 'volume', 'import', image, '--name', 'disk')
  await tells('snapshot', 'snapshot', 'create', 'disk', '--name', 'A', '--description', 'first')
  rewriteBlocks(image, [2, 5])
  await tells('snapshot', 'snapshot', 'create', 'disk', '--name', 'B')
  await tells('diff', 'snapshot', 'diff', 'A', 'B')
  await tells('snapshot', 'snapshot', 'rename', 'B', 'C')
  await tells('region', 'region', 'add', 'eu-west-1')
  await tells('copy plan', 'snapshot', 'copy', 'A', '--to-region', 'eu-west-1', '--dry-run')
  await tells('copy', 'snapshot', 'copy', 'A', '--to-region', 'eu-west-1', '--description', 'far')
  await tells('copy', 'snapshot', 'copy', 'C', '--to-region', 'eu-west-1', '--name', 'D')
  await tells('region list', 'region', 'ls')
  await tells('snapshot', 'snapshot', 'show', 'A', '--region', 'eu-west-1')
  await tells('region', 'region', 'use', 'eu-west-1')
  await tells('region', 'region', 'use', 'local')
  await tells('account', 'account', 'add', '444455556666', '--name', 'partner')
  await tells('account list', 'account', 'ls')
  await tells('permissions', 'snapshot', 'share', 'A', '--add', 'partner')
  await tells('permissions', 'snapshot', 'permissions', 'A')
  await tells('public access', 'public-access', 'show')
  await tells('fast restore', 'snapshot', 'fast-restore', 'C', '--on')
  await tells('deletion plan', 'snapshot', 'delete', 'A', '--dry-run')
  await tells('deletion', 'snapshot', 'delete', 'A', '--undoable')
  await tells('undone deletion', 'undo')
  await tells('volume', 'snapshot', 'restore', 'A', '--volume', 'clone')
  await tells('volume', 'volume', 'create', 'lazy', '--snapshot', 'A', '--rate', '100', '--no-wait')
  const part = ['--at', '0', '--length', '1', '--to', scene.path('part')]
  await tells('read', 'volume', 'read', 'lazy', ...part)
  await tells('volume status', 'volume', 'pause', 'lazy')
  await tells('volume status', 'volume', 'status', 'lazy')
  await tells('volume status', 'volume', 'load', 'lazy')
  await tells('restore', 'snapshot', 'restore', 'A', '--to', scene.path('a.img'))
  await tells('restore', 'snapshot', 'restore', 'A', '--sha256', '--to', scene.path('b.img'))
  await tells('volume', 'volume', 'import', image, '--name', 'copied', '--copy')
  await tells('volume', 'volume', 'create', 'web', '--size', '2MiB')
  await tells('volume', 'volume', 'write', 'web', '--at', '1', '--file', scene.image(10, 'ten'))
  await tells('volume', 'volume', 'write', 'web', '--at', '1MiB', '--fill', 's', '--length', '1')
  await tells('volume', 'volume', 'resize', 'web', '--size', '3MiB')
  await tells('volume', 'volume', 'rename', 'web', 'site')
  await tells('volume', 'volume', 'show', 'site')
  await tells('volume list', 'volume', 'ls')
  await tells('volume', 'volume', 'rm', 'site')
  await tells('deletion', 'snapshot', 'delete', 'A')
  await tells('snapshot list', 'snapshot', 'ls')
  await tells('snapshot', 'snapshot', 'show', 'C')
  await tells('verification', 'verify')
  await tells('verification', 'verify', '--deep')
  await tells('reclaim', 'reclaim')
  await tells('cost', 'cost')
  await tells('cost', 'cost', 'C')
  await tells('prices', 'prices', 'show')
  const prices = scene.path('prices.json')
  writeFileSync(prices, JSON.stringify(said.get('prices show')))
  await tells('prices', 'prices', 'set', prices)
  await tells('history', 'history')
  await tells('event list', 'events')
  await tells('event list', 'events', '--type', 'copySnapshot', '--limit', '1')
  await tells('described snapshots', 'describe', 'snapshots')
  await tells('described snapshots', 'describe', 'snapshots', 'C')
  await tells('library', 'stats')
  await tells('demo', 'demo')
  await tells('error', 'undo')
})
afterAll(() => scene.remove())

describe('the JSON of the commands', () => {
  it('is what the page says, for every document that it describes', () => {
    expect(said.size).toBeGreaterThan(Object.keys(documents).length)
  })

  it('snapshot create tells a completed snapshot', () => {
    expect(said.get('snapshot create disk --name A --description first')).toMatchObject({
      name: 'A',
      description: 'first',
      parentId: null,
      state: 'completed',
      progress: 100,
      fullBytes: 8 * BLOCK_BYTES,
      addedBytes: 8 * BLOCK_BYTES,
      inheritedBytes: 0,
    })
    expect(said.get('snapshot create disk --name B')).toMatchObject({
      storedHereBytes: 2 * BLOCK_BYTES,
      releasedIfDeletedBytes: 2 * BLOCK_BYTES,
    })
  })

  it('snapshot show tells of fast restore, and cost what a month of it is', () => {
    const { enablingAt, maxCredits } = said.get('snapshot fast-restore C --on') as FastRestore
    expect(maxCredits).toBe(10)
    expect(said.get('snapshot show C')).toMatchObject({ fastRestore: { enablingAt, maxCredits } })
    expect(said.get('cost')).toMatchObject({
      fastRestore: { amount: 540, formula: '1 x 720 h x 0.75 = 540' },
    })
  })

  it('snapshot diff tells the ranges', () => {
    expect(said.get('snapshot diff A B')).toEqual({
      ranges: [
        { firstBlock: 2, blockCount: 1, change: 'changed' },
        { firstBlock: 5, blockCount: 1, change: 'changed' },
      ],
      addedBytes: 0,
      changedBytes: 2 * BLOCK_BYTES,
      removedBytes: 0,
    })
  })

  it('snapshot copy tells what its plan told, and the copy', () => {
    const plan = said.get('snapshot copy A --to-region eu-west-1 --dry-run') as object
    expect(plan).toMatchObject({
      region: 'eu-west-1',
      incremental: false,
      baseId: null,
      fullBecause: 'first-copy',
      movedBytes: 8 * BLOCK_BYTES,
    })
    const first = said.get('snapshot copy A --to-region eu-west-1 --description far') as {
      snapshotId: string
      snapshot: object
    }
    const { snapshotId, snapshot } = first
    expect(first).toMatchObject(plan)
    expect(snapshot).toMatchObject({
      snapshotId,
      name: 'A',
      description: 'far',
      state: 'completed',
    })
    expect(said.get('snapshot show A --region eu-west-1')).toEqual({
      ...snapshot,
      fastRestore: null,
      described: expect.objectContaining({ SnapshotId: snapshotId, VolumeId: 'vol-ffffffff' }),
      // By now another copy reads some of its blocks too.
      ...{ sharedBytes: 6 * BLOCK_BYTES, releasedIfDeletedBytes: 2 * BLOCK_BYTES },
      fairShareBytes: 5 * BLOCK_BYTES,
    })
    expect(said.get('snapshot copy C --to-region eu-west-1 --name D')).toMatchObject({
      incremental: true,
      baseId: snapshotId,
      movedBytes: 2 * BLOCK_BYTES,
      snapshot: { name: 'D', parentId: snapshotId, storedHereBytes: 2 * BLOCK_BYTES },
    })
  })

  it('region ls tells what each of them holds', () => {
    const both = { snapshotCount: 2, storedBytes: 10 * BLOCK_BYTES }
    expect(said.get('region ls')).toMatchObject({
      regions: [
        { name: 'local', isCurrent: true, volumeCount: 1, ...both },
        { name: 'eu-west-1', isCurrent: false, volumeCount: 0, ...both },
      ],
    })
    expect(said.get('region use eu-west-1')).toMatchObject({ name: 'eu-west-1', isCurrent: true })
  })

  it('a deletion tells what its plan told, and whether it can be undone', () => {
    const plan = said.get('snapshot delete A --dry-run') as object
    expect(plan).toMatchObject({
      releasedBytes: 2 * BLOCK_BYTES,
      keptBytes: 6 * BLOCK_BYTES,
      heirs: [{ inheritedBytes: 6 * BLOCK_BYTES }],
    })
    const undoable = said.get('snapshot delete A --undoable') as { undoableUntil: number }
    expect(undoable).toMatchObject({ ...plan, reclaimedBytes: null })
    expect(undoable.undoableUntil).toBeGreaterThan(Date.now())
    expect(said.get('snapshot delete A')).toMatchObject({
      releasedBytes: 2 * BLOCK_BYTES,
      undoableUntil: null,
      reclaimedBytes: expect.any(Number),
    })
    const { reclaimedBytes } = said.get('snapshot delete A') as { reclaimedBytes: number }
    expect(reclaimedBytes).toBeGreaterThanOrEqual(2 * BLOCK_BYTES)
  })

  it('history tells every step with a command', () => {
    const { steps } = said.get('history') as { steps: { command: string; isUndone: boolean }[] }
    expect(steps.length).toBeGreaterThan(10)
    for (const { command } of steps) expect(command).toMatch(/^strata \w+/)
    expect(steps.filter(({ isUndone }) => isUndone)).toHaveLength(1)
  })

  it('the demo tells seven deletions', () => {
    const { deletions } = said.get('demo') as { deletions: { surplusBytes: number }[] }
    expect(deletions.map(({ surplusBytes }) => surplusBytes / 2 ** 30)).toEqual([
      0, 0, 0, 0, 0, 4, 10,
    ])
  })
})
