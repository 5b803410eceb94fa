import { writeSync } from 'node:fs'
import { callNames, parseInput } from '../contract/calls.ts'
import { JobId } from '../contract/ids.ts'
import { Engine } from '../engine/engine.ts'
import { done, LAB_VAULT } from './lab.ts'

/*
 * Requests to a library in a process of its own, for the tests that kill it.
 *   node crash-driver.js LIBRARY create | hold | (CALL[&] INPUT-AS-JSON)...
 * Prints `acked` as soon as the last is answered, or its job done; then it closes the library, unless
 * it was told to hold it. After a call with & the next one comes before its job is done.
 */
const [path = '', ...asked] = process.argv.slice(2)
const [name = ''] = asked

const options = {
  onEvent: () => {},
  log: (error: unknown) => console.error(error),
  keyVault: LAB_VAULT,
  runsPolicies: false,
}
const make = name === 'create' ? Engine.create : Engine.open
const engine = await make(path, options)
if (name === 'hold') setInterval(() => {}, 60_000)
else if (name !== 'create') {
  const begun: JobId[] = []
  for (let i = 0; i < asked.length; i += 2) {
    const jobId = await request(engine, asked[i]!.replace('&', ''), asked[i + 1]!)
    if (jobId !== null && asked[i]!.endsWith('&')) begun.push(jobId)
    else if (jobId !== null) await done(engine, jobId)
  }
  for (const jobId of begun) await done(engine, jobId)
}
writeSync(1, 'acked\n')
if (name !== 'hold') await engine.close()

/** @returns the job that it began */
async function request(library: Engine, name: string, input: string): Promise<JobId | null> {
  const call = callNames.find((known) => known === name)
  if (call === undefined) throw new Error(`There is no call ${name}`)
  const answer: object = await library[call](parseInput(call, JSON.parse(input)) as never)
  return 'jobId' in answer ? JobId.parse(answer.jobId) : null
}
