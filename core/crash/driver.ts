import { writeSync } from 'node:fs'
import { callNames, parseInput } from '../contract/calls.ts'
import { Engine } from '../engine/engine.ts'
import { LAB_VAULT } from './lab.ts'

/*
 * Requests to a library in a process of its own, for the tests that kill it.
 *   node crash-driver.js LIBRARY create | hold | (CALL INPUT-AS-JSON)...
 * Prints `acked` as soon as the last is answered, or its job done; then it closes the library, unless
 * it was told to hold it.
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
  for (let i = 0; i < asked.length; i += 2) await request(engine, asked[i]!, asked[i + 1]!)
}
writeSync(1, 'acked\n')
if (name !== 'hold') await engine.close()

async function request(library: Engine, name: string, input: string): Promise<void> {
  const call = callNames.find((known) => known === name)
  if (call === undefined) throw new Error(`There is no call ${name}`)
  const answer: object = await library[call](parseInput(call, JSON.parse(input)) as never)
  if (!('jobId' in answer)) return
  const job = await library.awaitJob(parseInput('awaitJob', { jobId: answer.jobId }))
  if (job.state !== 'done') throw new Error(`${job.error?.code}: ${job.error?.message}`)
}
