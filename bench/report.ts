import { spawnSync } from 'node:child_process'
import { cpus, release, totalmem } from 'node:os'
import type { TestSet } from './images.ts'
import type { Spread } from './measure.ts'
import type { Answer } from './questions.ts'
import type { ScaleAnswer } from './scale.ts'

/** Everything that was measured, as Markdown. */
export function report(
  set: TestSet,
  pairs: number,
  answers: readonly Answer[],
  scales: readonly ScaleAnswer[],
  notes: readonly string[],
): string {
  return `# Results

Made by \`npm run bench\`. Pairs side by side, ${pairs} of each and one to warm up, in changing order,
the source in the page cache before every run. A ratio is the other's time divided by Strata's: over
1, Strata is faster; medians of the pairs, with least and most. Seconds are medians and only show the
order of size.

${machine()}

* test image: 2 GiB ext4, seeded, SHA-256 \`${set.sha256.slice(0, 16)}…\`; its next states replace 20 and 45 MiB

| task | against | wall ratio | target | CPU ratio | Strata wall / CPU s | other wall / CPU s | peak MiB | stored MiB |
|---|---|---|---|---|---|---|---|---|
${answers.map(row).join('\n')}

${[...limits(answers), ...notes].map((note) => `* ${note}`).join('\n')}

## Answering at once

A managed volume of 200,000 blocks (98 GiB), 1,000 snapshots, 2,000 scattered changes each. Median of
nine, each in a library opened anew.

| question | took | limit |
|---|---|---|
${scales.map(({ question, tookMs, limitMs }) => `| ${question} | ${tookMs.toFixed(0)} ms | ${limitMs} ms${tookMs <= limitMs ? '' : ' **missed**'} |`).join('\n')}
`
}

/** What is promised whatever anybody else does. */
function limits(answers: readonly Answer[]): string[] {
  if (answers.length === 0) return []
  const deletion = answers.find(({ task }) => task.startsWith('delete'))?.pairing.a.wallS
  const peak = Math.max(...answers.map(({ pairing }) => pairing.a.peakMiB))
  return [
    ...(deletion === undefined
      ? []
      : [`Deleting the middle one, space given back: ${deletion.toFixed(2)} s, limit 0.5 s.`]),
    `Peak memory of Strata: ${peak.toFixed(0)} MiB at most, limit 150 MiB.`,
  ]
}

function row({ task, against, pairing, target, storedMiB }: Answer): string {
  const { a, b, wall, cpu } = pairing
  const aim = target === null ? '-' : `${target}${wall.median >= target ? '' : ' **missed**'}`
  const times = (run: typeof a) => `${run.wallS.toFixed(2)} / ${run.cpuS.toFixed(2)}`
  const peaks = `${a.peakMiB.toFixed(0)}, ${b.peakMiB.toFixed(0)}`
  const stored = storedMiB === null ? '-' : storedMiB.map((mib) => mib.toFixed(0)).join(', ')
  return `| ${task} | ${against} | ${spread(wall)} | ${aim} | ${spread(cpu)} | ${times(a)} | ${times(b)} | ${peaks} | ${stored} |`
}

const spread = ({ median, least, most }: Spread) =>
  `${median.toFixed(2)} (${least.toFixed(2)}-${most.toFixed(2)})`

function machine(): string {
  const version = (program: string, ...args: string[]) =>
    spawnSync(program, args, { encoding: 'utf8' }).stdout.split('\n')[0]
  return [
    `* ${cpus().length} x ${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}`,
    `* Node ${process.version}; ${version('restic', 'version')}; ${version('borg', '--version')}; ${version('openssl', 'version')}`,
  ].join('\n')
}
