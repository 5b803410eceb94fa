import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import type { Crashes } from './crash-points.ts'
import { missingForCrashes } from './needs.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A file with a line of JSON, one of Crashes, for each suite member that has ended. */
    crashTally: string
  }
}

/** Global set-up of the crash tests: their files count into one tally, told at the end. */
export default function tallyCrashes(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'strata-tally-'))
  const file = join(folder, 'tally.jsonl')
  writeFileSync(file, '')
  project.provide('crashTally', file)
  return () => {
    const all = readFileSync(file, 'utf8').trimEnd().split('\n').filter(Boolean).map(crashesOf)
    rmSync(folder, { recursive: true })
    const missing = missingForCrashes()
    // Tests of the crash folder alone that kill nothing have nothing to count.
    if (all.length === 0 && missing === null) return
    console.log(missing === null ? inWords(all) : `crash points are skipped: ${missing}`)
  }
}

function crashesOf(line: string): Crashes {
  return JSON.parse(line)
}

function inWords(all: readonly Crashes[]): string {
  const sum = (of: (crashes: Crashes) => number) =>
    all.reduce((total, crashes) => total + of(crashes), 0).toLocaleString('en')
  const lost = sum((crashes) => crashes.lost.length)
  const kills = sum((crashes) => crashes.killCount)
  return `${sum((crashes) => crashes.pointCount)} crash points, ${lost} lost (${kills} of them by kill -9)`
}
