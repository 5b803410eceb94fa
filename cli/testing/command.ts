import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { WireError } from '../../core/contract/wire-error.ts'
import { assertTold } from './told-documents.ts'

/** The command as it is shipped, built before the tests start; or the build that is named. */
export const builtCommand =
  process.env.STRATA_TEST_COMMAND ??
  fileURLToPath(new URL('../../out/cli/strata.js', import.meta.url))

export type Outcome = {
  /** null when a signal ended it. */
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

export type RunOptions = {
  readonly env?: NodeJS.ProcessEnv
  readonly cwd?: string
  /** Runs as a user who is not allowed everything; only root can ask for it. */
  readonly asNobody?: boolean
  /** Called once the process has been started. */
  readonly onStart?: (child: ChildProcess) => void
}

/** More than any test needs; whatever runs longer hangs. */
const DEADLINE_MS = 120_000

/** Runs the built command as a process of its own, without a terminal. */
export async function strata(args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const words = [process.execPath, builtCommand, ...args]
  const nobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups']
  const [program = '', ...rest] = options.asNobody === true ? [...nobody, ...words] : words
  const child = spawn(program, rest, {
    cwd: options.cwd,
    env: { ...process.env, STRATA_LIBRARY: '', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: DEADLINE_MS,
    killSignal: 'SIGKILL',
  })
  options.onStart?.(child)
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', resolve)
  })
  return { exitCode, stdout, stderr }
}

/** Runs it as `strata` does, and hands out the process as well. */
export function startStrata(args: readonly string[]): {
  done: Promise<Outcome>
  child: ChildProcess
} {
  let child: ChildProcess | undefined
  const done = strata(args, { onStart: (started) => (child = started) })
  if (child === undefined) throw new Error('It was not started')
  return { done, child }
}

/** Whether the process has the file open: its job has begun. */
export function isReading({ pid }: ChildProcess, file: string): boolean {
  const folder = `/proc/${pid}/fd`
  return readdirSync(folder).some((fd) => {
    try {
      return readlinkSync(join(folder, fd)) === file
    } catch {
      // It was closed since it was listed.
      return false
    }
  })
}

/**
 * Runs with `--json` and takes success for granted.
 *
 * @throws Error with all that was printed, also when that is not the document of the command
 */
export async function ask<T>(
  library: string,
  args: readonly string[],
  options?: RunOptions,
): Promise<T> {
  const outcome = await strata(['--library', library, '--json', ...args], options)
  if (outcome.exitCode !== 0)
    throw new Error(`strata ${args.join(' ')}: ${JSON.stringify(outcome)}`)
  const told: unknown = JSON.parse(outcome.stdout)
  assertTold(args, told)
  return told as T
}

/** Runs with `--json` and takes a refusal for granted. @throws Error when it worked */
export async function refusal(
  library: string,
  args: readonly string[],
  options?: RunOptions,
): Promise<WireError & { readonly exitCode: number | null }> {
  const outcome = await strata(['--library', library, '--json', ...args], options)
  if (outcome.exitCode === 0) throw new Error(`strata ${args.join(' ')} was not refused`)
  if (outcome.stdout === '') throw new Error(`strata ${args.join(' ')}: ${outcome.stderr}`)
  const { error } = JSON.parse(outcome.stdout) as { error: WireError }
  return { ...error, exitCode: outcome.exitCode }
}

/** @throws Error when it does not come true in time */
export async function waitFor(isTrue: () => boolean): Promise<void> {
  const deadline = performance.now() + DEADLINE_MS / 2
  while (!isTrue()) {
    if (performance.now() > deadline) throw new Error(`It did not come true: ${isTrue}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
