import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { TestSet } from './images.ts'
import { type Contender, type Pairing, pair } from './measure.ts'
import { shell, type Tool } from './tools.ts'

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
  say: (line: string) => void
}

/** Strata and a peer, from an empty store through three states, a restore and a deletion. */
export function against(
  bench: Bench,
  ours: Tool,
  peer: Tool,
  targets: { first: number; next: number | null; restore: number | null },
): Answer[] {
  const [v1, v2, v3] = bench.set.images
  const ask = (
    task: string,
    target: number | null,
    contender: (tool: Tool) => Contender,
    source: string,
    withStored = false,
  ): Answer => {
    bench.say(`${task}: ${ours.name} and ${peer.name}`)
    const pairing = pair(contender(ours), contender(peer), [source], bench.pairs)
    return {
      task,
      against: peer.name,
      pairing,
      target,
      storedMiB: withStored ? [ours.storedMiB(), peer.storedMiB()] : null,
    }
  }
  const answers = [
    ask('first snapshot', targets.first, (tool) => first(tool, v1), v1, true),
    ask('next snapshot, 1 % changed', targets.next, (tool) => next(tool, v1, v2), v2, true),
  ]
  if (targets.restore !== null) {
    const out = join(bench.folder, 'restored.img')
    answers.push(ask('restore, checked', targets.restore, (tool) => restore(tool, v1, out), v1))
  }
  answers.push(ask('delete the middle one', null, (tool) => deletion(tool, [v1, v2, v3]), v3))
  return answers
}

function first(tool: Tool, image: string): Contender {
  return { name: tool.name, env: tool.env, prepare: tool.init, command: tool.first(image, 's1') }
}

function next(tool: Tool, before: string, image: string): Contender {
  return {
    name: tool.name,
    env: tool.env,
    prepare: () => {
      tool.init()
      shell(tool.first(before, 's1'), tool.env)
    },
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
    prepare: () => {
      tool.init()
      shell(tool.first(v1, 's1'), tool.env)
      shell(tool.next(v2, 's2'), tool.env)
      shell(tool.next(v3, 's3'), tool.env)
    },
    command: tool.remove('s2'),
  }
}

/** Copying with a sync beside hashing: as fast as reading, hashing and writing can be. */
export function againstCopying(bench: Bench, ours: Tool): Answer[] {
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
