import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { isDiskFull } from '../blocks/io-errors.ts'
import { show } from '../contract/show.ts'

/*
 * The file `lock` only tells who has the library open. What keeps a second one out is SQLite's
 * lock on the catalog, which the kernel frees however a process ends; a stale file means nothing.
 */
const Holder = z.object({ program: z.string(), pid: z.int(), host: z.string(), since: z.int() })

const fileOf = (library: string) => join(library, 'lock')

/**
 * Leaves word for a second opener. Called only by whoever has the catalog's lock. The file is made
 * anew: a library from elsewhere may have a link in its place, to a file that is not its own.
 */
export function writeHolder(library: string, program: string, nowMs: number): void {
  const holder = { program, pid: process.pid, host: hostname(), since: nowMs }
  const file = fileOf(library)
  try {
    rmSync(file, { force: true })
    writeFileSync(file, `${JSON.stringify(holder)}\n`, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    // A full disk must not keep anyone from what lies on it; the message does without the name.
    if (!isDiskFull(error)) throw error
  }
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
