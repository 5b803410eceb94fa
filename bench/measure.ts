import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What one run took. */
export type Run = { wallS: number; cpuS: number; peakMiB: number; output: string }

/** One thing that is timed. What prepares and checks it is not. */
export type Contender = {
  name: string
  /** Leaves the state that `command` starts from. */
  prepare: () => void
  command: string
  env?: NodeJS.ProcessEnv
  /** Throws when the run did not do what it should. */
  check?: (run: Run) => void
}

/** Runs a shell line under GNU time. @throws Error when it fails */
export function timed(command: string, env: NodeJS.ProcessEnv = {}): Run {
  const report = join(tmpdir(), `strata-bench-${process.pid}.time`)
  const { status, stdout, stderr } = spawnSync(
    '/usr/bin/time',
    ['-o', report, '-f', '%e %U %S %M', 'bash', '-c', `set -euo pipefail; ${command}`],
    { env: { ...process.env, ...env }, encoding: 'utf8', maxBuffer: 2 ** 28 },
  )
  if (status !== 0) throw new Error(`${command}\n${stderr}`)
  const [wall, user, system, peakKiB] = readFileSync(report, 'utf8').trim().split(' ').map(Number)
  rmSync(report)
  return { wallS: wall!, cpuS: user! + system!, peakMiB: peakKiB! / 1024, output: stdout }
}

export type Pairing = {
  a: Run
  b: Run
  /** Medians of the ratios b / a of each pair: over 1, a is better. With the least and the most. */
  wall: Spread
  cpu: Spread
}
export type Spread = { median: number; least: number; most: number }

/**
 * A and B by turns, so that whatever the machine does to one it does to the other; the order
 * changes with each pair. The first pair warms up and does not count.
 */
export function pair(a: Contender, b: Contender, sources: string[], pairs: number): Pairing {
  const runs: [Run, Run][] = []
  for (let round = 0; round <= pairs; round += 1) {
    const both = new Map<Contender, Run>()
    for (const contender of round % 2 === 0 ? [a, b] : [b, a]) {
      both.set(contender, once(contender, sources))
    }
    if (round > 0) runs.push([both.get(a)!, both.get(b)!])
  }
  const spread = (of: (run: Run) => number) => spreadOf(runs.map(([x, y]) => of(y) / of(x)))
  return {
    a: middle(runs.map(([x]) => x)),
    b: middle(runs.map(([, y]) => y)),
    wall: spread((run) => run.wallS),
    cpu: spread((run) => run.cpuS),
  }
}

function once(contender: Contender, sources: string[]): Run {
  contender.prepare()
  // Some tools drop their source from the page cache: everybody starts with it there.
  spawnSync('bash', ['-c', `sync; cat ${sources.join(' ')} > /dev/null`])
  const run = timed(contender.command, contender.env)
  contender.check?.(run)
  return run
}

function spreadOf(values: number[]): Spread {
  const sorted = [...values].sort((x, y) => x - y)
  return { median: medianOf(sorted), least: sorted[0]!, most: sorted[sorted.length - 1]! }
}

function medianOf(sorted: number[]): number {
  const half = sorted.length / 2
  return sorted.length % 2 === 1
    ? sorted[Math.floor(half)]!
    : (sorted[half - 1]! + sorted[half]!) / 2
}

/** Medians of each figure on its own. */
function middle(runs: Run[]): Run {
  const of = (pick: (run: Run) => number) => medianOf(runs.map(pick).sort((x, y) => x - y))
  return {
    wallS: of((run) => run.wallS),
    cpuS: of((run) => run.cpuS),
    peakMiB: Math.max(...runs.map((run) => run.peakMiB)),
    output: runs[0]!.output,
  }
}
