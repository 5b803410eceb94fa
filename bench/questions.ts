import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { TestSet } from './images.ts'
import { type Contender, type Pairing, pair } from './measure.ts'
import { inState, shell, storedMiB, type Tool } from './tools.ts'

/** One line of the results: Strata against somebody, at one task. */
export type Answer = {
  task: string
  against: string
  pairing: Pairing
  /** The ratio that is aimed at; null: told for information. */
  target: number | null
  storedMiB: [number, number] | null
}

export type Bench = {
  folder: string
  set: TestSet
  pairs: number
  /** Part of the tasks to ask about; '' for all. */
  only: string
  say: (line: string) => void
}

/** Strata and a peer, from an empty store through three states, a restore and a deletion. */
export function against(
  bench: Bench,
  ours: Tool,
  peer: Tool,
  targets: { first: number; next: number; restore: number },
): Answer[] {
  const [v1, v2, v3] = bench.set.images
  const out = join(bench.folder, 'restored.img')
  return [
    ...firstOf(bench, ours, peer, targets.first),
    ...ask(bench, 'next snapshot, 1 % changed', targets.next, [ours, peer], v2, (tool) =>
      next(tool, v1, v2),
    ),
    ...ask(bench, 'restore, checked', targets.restore, [ours, peer], v1, (tool) =>
      restore(tool, v1, out),
    ),
    ...ask(bench, 'delete the middle one', null, [ours, peer], v3, (tool) =>
      deletion(tool, [v1, v2, v3]),
    ),
  ]
}

/** The first snapshot of a disk, into an empty store. */
export function firstOf(bench: Bench, ours: Tool, peer: Tool, target: number): Answer[] {
  const [v1] = bench.set.images
  return ask(bench, 'first snapshot', target, [ours, peer], v1, (tool) => first(tool, v1))
}

function ask(
  bench: Bench,
  task: string,
  target: number | null,
  [ours, peer]: readonly [Tool, Tool],
  source: string,
  contender: (tool: Tool) => Contender,
): Answer[] {
  if (!task.includes(bench.only)) return []
  bench.say(`${task}: ${ours.name} and ${peer.name}`)
  const pairing = pair(contender(ours), contender(peer), [source], bench.pairs)
  return [
    {
      task: ours.name.includes('zstd') ? `${task}, zstd-1` : task,
      against: peer.name,
      pairing,
      target,
      storedMiB: [storedMiB(ours), storedMiB(peer)],
    },
  ]
}

function first(tool: Tool, image: string): Contender {
  return { name: tool.name, env: tool.env, prepare: tool.init, command: tool.first(image, 's1') }
}

function next(tool: Tool, before: string, image: string): Contender {
  return {
    name: tool.name,
    env: tool.env,
    prepare: inState(tool, [tool.first(before, 's1')]),
    command: tool.next(image, 's2'),
  }
}

/** The store is made once; what is restored is compared byte for byte. */
function restore(tool: Tool, image: string, out: string): Contender {
  let isStored = false
  return {
    name: tool.name,
    env: tool.env,
    prepare: () => {
      rmSync(out, { force: true })
      if (isStored) return
      tool.init()
      shell(tool.first(image, 's1'), tool.env)
      isStored = true
    },
    command: tool.restore('s1', out),
    check: () => {
      shell(`cmp ${image} ${out}`)
      rmSync(out, { force: true })
    },
  }
}

function deletion(tool: Tool, [v1, v2, v3]: readonly [string, string, string]): Contender {
  return {
    name: tool.name,
    env: tool.env,
    prepare: inState(tool, [tool.first(v1, 's1'), tool.next(v2, 's2'), tool.next(v3, 's3')]),
    command: tool.remove('s2'),
  }
}

/** Copying with a sync beside hashing: as fast as reading, hashing and writing can be. */
export function againstCopying(bench: Bench, ours: Tool): Answer[] {
  if (!'first snapshot'.includes(bench.only)) return []
  const [v1] = bench.set.images
  const out = join(bench.folder, 'copied.img')
  const clean = () => rmSync(out, { force: true })
  const limit: Contender = {
    name: 'cp + SHA-256',
    prepare: clean,
    command: `cp --sparse=always ${v1} ${out} && sync ${out} & openssl dgst -sha256 ${v1} > /dev/null; wait`,
    check: clean,
  }
  bench.say(`first snapshot: ${ours.name} and ${limit.name}`)
  const pairing = pair(first(ours, v1), limit, [v1], bench.pairs)
  return [{ task: 'first snapshot', against: limit.name, pairing, target: 0.85, storedMiB: null }]
}
