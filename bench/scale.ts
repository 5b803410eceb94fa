import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SnapshotId } from '../core/contract/ids.ts'
import { BLOCK_BYTES } from '../core/contract/units.ts'
import { Engine } from '../core/engine/engine.ts'

/** The size that the engine promises to answer at once for. */
const SNAPSHOTS = 1_000
const BLOCKS = 200_000
const CHANGES = 2_000
const DOOMED = 50

export type ScaleAnswer = { question: string; tookMs: number; limitMs: number }

/** A library of 1,000 snapshots, and how long it takes to answer. Medians of several askings. */
export async function scale(say: (line: string) => void): Promise<ScaleAnswer[]> {
  const folder = mkdtempSync(join(tmpdir(), 'strata-scale-'))
  const path = join(folder, 'scale.strata')
  try {
    say(`building ${SNAPSHOTS} snapshots of ${BLOCKS} blocks`)
    const ids = await build(path)
    // Opened anew each time: nothing that was computed before may help.
    const list = await times(path, (engine) => engine.describeLibrary())
    const doomed = ids.filter((_, i) => i % (SNAPSHOTS / DOOMED) === 7)
    const plan = await times(path, (engine) => engine.planDeletion({ snapshotIds: doomed }), true)
    return [
      { question: `list ${SNAPSHOTS} snapshots with all figures`, tookMs: list, limitMs: 300 },
      { question: `what deleting ${DOOMED} of them would release`, tookMs: plan, limitMs: 50 },
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function build(path: string): Promise<SnapshotId[]> {
  const engine = await Engine.create(path)
  const { volumeId } = await engine.createVolume({ name: 'v', sizeBytes: BLOCKS * BLOCK_BYTES })
  const ids: SnapshotId[] = []
  let spans = [{ offsetBytes: 0, lengthBytes: BLOCKS * BLOCK_BYTES }]
  let state = 7
  const draw = (below: number) => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9
    const mixed = Math.imul(state ^ (state >>> 12), 0x297a2d39)
    return ((mixed ^ (mixed >>> 15)) >>> 0) % below
  }
  for (let i = 0; i < SNAPSHOTS; i += 1) {
    await engine.writeFill({ volumeId, spans, seed: 'one seed, so that the head stays one run' })
    const { jobId, snapshotId } = await engine.takeSnapshot({ volumeId })
    await engine.awaitJob({ jobId })
    ids.push(snapshotId)
    const blocks = new Set<number>()
    // Most changes hit a hot tenth, as on real disks.
    while (blocks.size < CHANGES) blocks.add(draw(draw(10) < 8 ? BLOCKS / 10 : BLOCKS))
    spans = [...blocks].map((block) => ({
      offsetBytes: block * BLOCK_BYTES,
      lengthBytes: BLOCK_BYTES,
    }))
  }
  await engine.close()
  return ids
}

const ASKINGS = 9

async function times(
  path: string,
  ask: (engine: Engine) => Promise<unknown>,
  isListedBefore = false,
): Promise<number> {
  const took: number[] = []
  for (let i = 0; i < ASKINGS; i += 1) {
    const engine = await Engine.open(path)
    if (isListedBefore) await engine.describeLibrary()
    const start = performance.now()
    await ask(engine)
    took.push(performance.now() - start)
    await engine.close()
  }
  return took.sort((a, b) => a - b)[Math.floor(ASKINGS / 2)]!
}
