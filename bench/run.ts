import { mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { testSet } from './images.ts'
import { type Answer, against, againstCopying, type Bench, firstOf } from './questions.ts'
import { report } from './report.ts'
import { type ScaleAnswer, scale } from './scale.ts'
import { borg, restic, shell, strata } from './tools.ts'

/**
 * `npm run bench -- [--pairs N] [--folder DIR] [--only TEXT]`: measures, and writes
 * bench/RESULTS.md; with `--only` just the tasks that hold the text, told on standard output.
 */
const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '5' },
    folder: { type: 'string' },
    only: { type: 'string', default: '' },
  },
})
const folder = values.folder ?? join(tmpdir(), 'strata-bench')
const pairs = Number(values.pairs)
const say = (line: string) => console.error(`[bench] ${line}`)

mkdirSync(folder, { recursive: true })
const set = testSet(join(folder, 'images'), say)
const bench: Bench = { folder, set, pairs, only: values.only, say }
const plain = strata(folder, 'none')
const packed = strata(folder, 'zstd')

const results = resolve(import.meta.dirname, '../../bench/RESULTS.md')
const answers: Answer[] = []
const scales: ScaleAnswer[] = []
const notes = [
  'restic always encrypts and cuts by content: it does more than Strata does. borg runs without encryption, in pieces of 512 KiB: equal work.',
  'Restores are compared byte for byte. Strata and borg check each block as they read it; restic reads again afterwards (`--verify`).',
  ...(bench.only === '' ? [reclaimNote()] : []),
]
const groups: (() => Answer[] | Promise<void>)[] = [
  () => againstCopying(bench, plain),
  () => against(bench, plain, borg(folder, 'none'), { first: 1.2, next: 1, restore: 1.5 }),
  async () => {
    if ('scale'.includes(bench.only)) scales.push(...(await scale(say)))
  },
  () => firstOf(bench, packed, borg(folder, 'zstd,1'), 1.1),
  () => against(bench, plain, restic(folder, 'off'), { first: 2.5, next: 1.8, restore: 2 }),
  () => firstOf(bench, packed, restic(folder, 'auto'), 2.5),
]
for (const group of groups) {
  const found = await group()
  if (found) answers.push(...found)
  // After each group: an interrupted run leaves what it found.
  if (bench.only === '') writeFileSync(results, report(set, pairs, answers, scales, notes))
}
if (bench.only === '') say(`written: ${results}`)
else console.log(report(set, pairs, answers, scales, notes))

/** How much reclaiming writes for what it frees. */
function reclaimNote(): string {
  const [v1, v2, v3] = set.images
  plain.init()
  shell(plain.first(v1, 's1'), plain.env)
  shell(plain.next(v2, 's2'), plain.env)
  shell(plain.next(v3, 's3'), plain.env)
  shell(`${plain.remove('s1')} --undoable`, plain.env)
  const program = plain.remove('s1').replace(/ snapshot delete s1$/, '')
  const { reclaimedBytes, rewrittenBytes } = JSON.parse(
    shell(`${program} reclaim --json`, plain.env),
  )
  const mib = (bytes: number) => (bytes / 2 ** 20).toFixed(1)
  return `Deleting the first one gives back ${mib(reclaimedBytes)} MiB and rewrites ${mib(rewrittenBytes)} MiB for it.`
}
