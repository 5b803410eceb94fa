/*
 * A Node program that is stopped after every call that changes what lies in a folder.
 * (1) strace stops it (SIGSTOP) after the call. When all its threads stand still, the folder is what
 *     kill -9 would leave there; then `onCall` may look at it, copy it, or have the program killed.
 * (2) Calls count in the order in which they happened, whichever thread or child made them; strace's
 *     own counting (`when=N`) goes by thread and would miss most of a second thread's.
 * (3) Only processes that were started here are ever stopped, continued or killed.
 */

import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'

/** Calls that change files or names, or make such a change durable. */
const CALLS = [
  ...['openat', 'mkdir', 'mkdirat', 'rmdir', 'unlink', 'unlinkat', 'link', 'linkat'],
  ...['rename', 'renameat', 'renameat2', 'write', 'writev', 'pwrite64', 'pwritev', 'pwritev2'],
  ...['ftruncate', 'fallocate', 'fsync', 'fdatasync'],
]

/** A program that makes no call for so long hangs, however busy the machine is. */
const SILENCE_MS = 60_000

export type SteppedCall = {
  /** Counted from 1. */
  number: number
  /** As strace shows it. */
  text: string
  /** What it has printed so far is an acknowledgement. */
  isAcked: boolean
}

/**
 * Runs `script` step by step.
 *
 * @param folder calls count that name something in it
 * @param onCall called while the program stands still
 * @returns whether it was killed, rather than ended by itself
 * @throws Error with what it printed when it fails by itself, or hangs
 */
export async function runStepped(
  script: string,
  args: readonly string[],
  folder: string,
  onCall: (call: SteppedCall) => Promise<'go on' | 'kill'>,
): Promise<{ wasKilled: boolean; isAcked: boolean }> {
  const set = CALLS.join(',')
  const tracer = spawn(
    'strace',
    [
      // Node's pipes are sockets, which strace cannot open by a name.
      ...['-f', '-y', '-qq', '-s', '8', '-o', '|exec cat >&3'],
      ...['-e', `trace=${set}`, '-e', `inject=${set}:signal=SIGSTOP`],
      ...[process.execPath, script, ...args],
    ],
    {
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      // One thread for Node's file calls: as many orders of calls as need be, and no more.
      env: { ...process.env, UV_THREADPOOL_SIZE: '1' },
    },
  )
  const printed = Promise.all([textOf(tracer, 1), textOf(tracer, 2)])
  const ended = new Promise<number | null>((resolve, reject) => {
    tracer.on('error', reject).on('close', resolve)
  })
  const steps = new Steps(folder, onCall)
  const silence = setTimeout(() => steps.killAll(), SILENCE_MS)
  try {
    const lines = createInterface({ input: tracer.stdio[3] as NodeJS.ReadableStream })
    for await (const line of lines) {
      silence.refresh()
      steps.take(line)
    }
    await steps.looking
  } finally {
    clearTimeout(silence)
    steps.killAll()
  }
  const code = await ended
  if (!steps.wasKilled && code !== 0) {
    throw new Error(`${args.join(' ')} ended with ${code}: ${(await printed).join('')}`)
  }
  return steps
}

/** Follows strace's lines: `PID call(...) = result`, then `PID --- SIGSTOP {...} ---`. */
class Steps {
  wasKilled = false
  isAcked = false
  /** Ends when the last call was looked at. */
  looking: Promise<void> = Promise.resolve()
  #isLooking = false
  #callCount = 0
  readonly #folder: string
  readonly #onCall: (call: SteppedCall) => Promise<'go on' | 'kill'>
  /** By thread: whether its last call counts. */
  readonly #threads = new Map<number, boolean>()
  /** Made since it last stood still. Threads that stop at the same time stop once for all. */
  #made: SteppedCall[] = []
  /** The process that made them. */
  #maker: number | null = null
  #stopped: number[] = []

  constructor(folder: string, onCall: (call: SteppedCall) => Promise<'go on' | 'kill'>) {
    this.#folder = folder
    this.#onCall = onCall
  }

  take(line: string): void {
    const [, digits, text] = /^(\d+) +(.*)$/.exec(line) ?? []
    if (digits === undefined || text === undefined) return
    const thread = Number(digits)
    if (text.startsWith('--- SIGSTOP {')) this.#stop(thread)
    else if (text.startsWith('+++')) this.#threads.delete(thread)
    else if (/^\w+\(/.test(text)) this.#called(thread, text)
  }

  killAll(): void {
    for (const thread of this.#threads.keys()) signal(thread, 'SIGKILL')
  }

  #called(thread: number, text: string): void {
    const isCounted = this.#counts(text)
    this.#threads.set(thread, isCounted)
    if (text.startsWith('write(1<') && text.includes('"acked')) this.isAcked = true
    if (!isCounted) return
    this.#callCount += 1
    this.#maker ??= processOf(thread)
    this.#made.push({ number: this.#callCount, text, isAcked: this.isAcked })
  }

  /** Node reads many files when it starts: those calls change nothing. */
  #counts(call: string): boolean {
    if (!call.includes(this.#folder)) return false
    return !call.startsWith('openat(') || call.includes('O_CREAT')
  }

  /**
   * A process of which no call counts goes on at once, also while another is looked at: a child that
   * was just forked holds up its parent, which could not stand still before.
   */
  #stop(thread: number): void {
    if (this.#threads.get(thread) !== true && processOf(thread) !== this.#maker) {
      signal(thread, 'SIGCONT')
      return
    }
    this.#stopped.push(thread)
    if (this.#isLooking) return
    this.looking = this.#look()
    this.looking.catch(() => this.killAll())
  }

  async #look(): Promise<void> {
    this.#isLooking = true
    while (!this.wasKilled && this.#made.length > 0) {
      for (const thread of this.#stopped) await untilStill(thread)
      const call = this.#made.shift()!
      if ((await this.#onCall(call)) === 'kill') this.wasKilled = true
    }
    this.#isLooking = false
    this.#maker = null
    const stopped = this.#stopped.splice(0)
    if (this.wasKilled) this.killAll()
    else for (const thread of stopped) signal(thread, 'SIGCONT')
  }
}

function processOf(thread: number): number {
  try {
    const status = readFileSync(`/proc/${thread}/status`, 'latin1')
    return Number(/^Tgid:\s*(\d+)/m.exec(status)?.[1] ?? thread)
  } catch {
    // It has ended meanwhile.
    return thread
  }
}

/** Waits until no thread of the process runs any more. */
async function untilStill(thread: number): Promise<void> {
  while (existsSync(`/proc/${thread}`) && !isStill(thread)) await delay(1)
}

function isStill(thread: number): boolean {
  try {
    return readdirSync(`/proc/${thread}/task`).every((task) => {
      const stat = readFileSync(`/proc/${thread}/task/${task}/stat`, 'latin1')
      // The name before the state is in parentheses and may hold any character.
      return 'tTZX'.includes(stat.charAt(stat.lastIndexOf(')') + 2))
    })
  } catch {
    // A thread that ended while it was looked at.
    return false
  }
}

function signal(thread: number, name: 'SIGCONT' | 'SIGKILL'): void {
  try {
    process.kill(thread, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

async function textOf(child: ChildProcess, stream: 1 | 2): Promise<string> {
  let text = ''
  for await (const part of child.stdio[stream] as NodeJS.ReadableStream) text += String(part)
  return text
}
