import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { show } from '../contract/show.ts'

/*
 * The file `lock` only tells who has the library open. What keeps a second one out is SQLite's
 * lock on the catalog, which the kernel frees however a process ends; a stale file means nothing.
 */
const Holder = z.object({ program: z.string(), pid: z.int(), host: z.string(), since: z.int() })

const fileOf = (library: string) => join(library, 'lock')

/** Leaves word for a second opener. Called only by whoever has the catalog's lock. */
export function writeHolder(library: string, program: string, nowMs: number): void {
  const holder = { program, pid: process.pid, host: hostname(), since: nowMs }
  writeFileSync(fileOf(library), `${JSON.stringify(holder)}\n`)
}

export function clearHolder(library: string): void {
  rmSync(fileOf(library), { force: true })
}

/** Who has the library open, in words; what the file says is only shown. */
export function holderOf(library: string): string {
  try {
    const text = readFileSync(fileOf(library), 'utf8').slice(0, 4_096)
    const holder = Holder.parse(JSON.parse(text))
    const since = new Date(holder.since).toISOString().slice(0, 16).replace('T', ' ')
    return `${show(holder.program)}, process ${holder.pid} on ${show(holder.host)}, since ${since} UTC`
  } catch {
    // The holder may be writing it just now, or could not: the message does without.
    return 'another program'
  }
}
