import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Engine } from '../engine/engine.ts'
import { asArguments, type Deed, type Outcome } from './deed.ts'
import { buildLab, copyFolder, LAB_VAULT, LIBRARY } from './lab.ts'
import { problemsAfter } from './recovered.ts'
import { runStepped } from './stepped-process.ts'

/*
 * How a deed is crashed. One run stands still after each of its writes, and a copy of its folder is
 * opened: that is what kill -9 leaves there. To show that it is, a process is also killed in truth
 * after every thirtieth look, each time in a run of its own. STRATA_CRASH=kill does so after each write
 * of every deed; STRATA_CRASH=quick looks at every seventh only.
 */
const MODE = process.env.STRATA_CRASH

/** What crashing a deed everywhere came to. */
export type Crashes = {
  pointCount: number
  /** How many of them were a kill -9. */
  killCount: number
  /** Each point after which something was lost, and what. */
  lost: string[]
}

/** A process that can be started again and again, and what must hold wherever it ends. */
export type Subject = {
  /** Of the bundled driver. */
  args: readonly string[]
  /** Made anew for each run. */
  folder: string
  begin(): void
  /** Opens what lies in its folder. */
  problems(outcome: Outcome): Promise<string[]>
}

/** @param step only every so many writes, from a random one on, unless the environment says more */
export async function crashEverywhere(
  driver: string,
  deed: Deed,
  workFolder: string,
  step = 1,
): Promise<Crashes> {
  return crashSubject(driver, await subjectOf(deed, workFolder, join(workFolder, 'run')), step)
}

/**
 * A deed as something to run.
 *
 * @param workFolder where its lab is built @param folder where it is run
 */
export async function subjectOf(deed: Deed, workFolder: string, folder: string): Promise<Subject> {
  const lab = await buildLab(workFolder, deed.states)
  const { preparedAgoMs = 0 } = deed
  const engine = await Engine.open(join(lab.folder, LIBRARY), {
    onEvent: () => {},
    keyVault: LAB_VAULT,
    runsPolicies: false,
    clock: () => Date.now() - (typeof preparedAgoMs === 'number' ? preparedAgoMs : preparedAgoMs()),
  })
  await deed.prepare?.(engine, lab)
  await engine.close()
  return {
    args: [join(folder, LIBRARY), ...asArguments(deed.request(lab, folder))],
    folder,
    begin: () => copyFolder(lab.folder, folder),
    problems: (outcome) =>
      problemsAfter(outcome.folder, lab, deed.takesAway ?? [], (opened) =>
        deed.check(opened, lab, outcome),
      ),
  }
}

/** The making of a library: it is there whole, or can be made again and leaves nothing else. */
export async function crashCreating(driver: string, workFolder: string): Promise<Crashes> {
  const lab = await buildLab(workFolder, 0)
  const nothing = { ...lab, snapshots: new Map(), digests: new Map() }
  const folder = join(workFolder, 'run')
  return crashSubject(driver, {
    args: [join(folder, LIBRARY), 'create'],
    folder,
    begin: () => {
      rmSync(folder, { recursive: true, force: true })
      mkdirSync(folder)
    },
    async problems({ folder, isAcked }) {
      const library = join(folder, LIBRARY)
      const opened = await Engine.open(library).catch((error: Error) => error)
      if (!(opened instanceof Error)) await opened.close()
      else if (isAcked) return [`acknowledged, but: ${opened}`]
      else await (await Engine.create(library)).close()
      return problemsAfter(folder, nothing, [], async () => [])
    },
  })
}

/** A second crash, while the library recovers from one that came when its blocks were written. */
export async function crashRecovering(
  driver: string,
  deed: Deed,
  workFolder: string,
): Promise<Crashes> {
  const lab = await buildLab(workFolder, deed.states)
  const unclean = join(workFolder, 'unclean')
  copyFolder(lab.folder, unclean)
  const args = [join(unclean, LIBRARY), ...asArguments(deed.request(lab, unclean))]
  const { wasKilled } = await runStepped(driver, args, unclean, async ({ text }) =>
    /^fsync\(.*\/segments>/.test(text) ? 'kill' : 'go on',
  )
  if (!wasKilled) throw new Error('The folder of the segments was never synced')
  const folder = join(workFolder, 'run')
  return crashSubject(driver, {
    args: [join(folder, LIBRARY), 'describeLibrary', '{}'],
    folder,
    begin: () => copyFolder(unclean, folder),
    problems: (outcome) => problemsAfter(outcome.folder, lab, [], async () => []),
  })
}

async function crashSubject(driver: string, subject: Subject, step = 1): Promise<Crashes> {
  const lookEvery = MODE === 'kill' ? 1 : MODE === 'quick' ? Math.max(7, step) : step
  const killEvery = MODE === 'kill' ? 1 : 30 * lookEvery
  const first = Math.floor(Math.random() * lookEvery)
  const lost: string[] = []
  const look = async (what: string, isAcked: boolean) => {
    const problems = await subject.problems({ folder: subject.folder, isAcked })
    if (problems.length > 0) lost.push(`${what}: ${problems.join('; ')}`)
  }

  let callCount = 0
  let lookCount = 0
  subject.begin()
  await runStepped(driver, subject.args, subject.folder, async ({ number, text, isAcked }) => {
    callCount = number
    if (number % lookEvery !== first) return 'go on'
    lookCount += 1
    await onCopy(subject.folder, () => look(`after call ${number}, ${text}`, isAcked))
    return 'go on'
  })
  await look('after the end', true)

  let killCount = 0
  for (let killAfter = 1; killAfter <= callCount; killAfter += killEvery) {
    subject.begin()
    let last = ''
    const { wasKilled, isAcked } = await runStepped(
      driver,
      subject.args,
      subject.folder,
      async ({ number, text }) => {
        last = text
        return number === killAfter ? 'kill' : 'go on'
      },
    )
    killCount += Number(wasKilled)
    await look(`killed after call ${killAfter}, ${last}`, isAcked)
  }
  return { pointCount: lookCount + killCount, killCount, lost }
}

/**
 * Puts a copy in the place of a folder while `work` runs: libraries know some files by their path.
 * Whoever has the folder's files open stands still meanwhile.
 */
async function onCopy(folder: string, work: () => Promise<void>): Promise<void> {
  const held = `${folder}-held`
  renameSync(folder, held)
  copyFolder(held, folder)
  await work()
  rmSync(folder, { recursive: true })
  renameSync(held, folder)
}
