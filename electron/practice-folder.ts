import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** Practice libraries that are kept: things tried there last week can still be looked at. */
const KEPT = 5
const NAME = /^Practice(?: (\d+))?\.strata$/

/** The path of one more practice library in `folder`, where none lies yet. */
export function nextPractice(folder: string): string {
  return join(folder, nameOf((numbersIn(folder).at(-1) ?? 0) + 1))
}

/** Removes all but the newest practice libraries, never the one that is open. @returns the paths */
export function sweepPractice(folder: string, openPath: string | null): string[] {
  const removed = numbersIn(folder)
    .slice(0, -KEPT)
    .map((number) => join(folder, nameOf(number)))
    .filter((path) => path !== openPath)
  for (const path of removed) rmSync(path, { recursive: true, force: true })
  return removed
}

function numbersIn(folder: string): number[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .flatMap((name) => {
      const match = NAME.exec(name)
      return match ? [Number(match[1] ?? 1)] : []
    })
    .sort((a, b) => a - b)
}

function nameOf(number: number): string {
  return number === 1 ? 'Practice.strata' : `Practice ${number}.strata`
}
