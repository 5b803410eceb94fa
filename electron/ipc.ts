import { isAbsolute } from 'node:path'
import { type IpcMainInvokeEvent, ipcMain, type WebFrameMain } from 'electron'
import { z } from 'zod'
import {
  type CallName,
  callNames,
  parseInput,
  type Reply,
  type StrataApi,
} from '../core/contract/calls.ts'
import { StrataError } from '../core/contract/errors.ts'
import {
  type ShellApi,
  type ShellCallName,
  shellCallNames,
  shellCalls,
} from '../core/contract/shell.ts'
import { wireOf } from '../core/threads/engine-client.ts'
import type { OfferedFiles } from './files.ts'

/** Paths of one drop. They come from our preload, but through the page's process: parsed. */
const DroppedPaths = z
  .array(z.string().min(1).max(4_096).refine(isAbsolute, 'is not an absolute path'))
  .max(256)

export type Desk = {
  engine: StrataApi
  shell: ShellApi
  files: OfferedFiles
  /** Whether a frame is the main frame of our window, showing our page. */
  isOurs(frame: WebFrameMain | null): boolean
  logFault(during: string, error: unknown): void
}

/**
 * The only listener to the window. Each request is checked for who asks, then for what it asks,
 * then answered; what comes back is an envelope, so nothing is ever thrown across.
 */
export function serveWindow(desk: Desk): void {
  serve('strata:call', desk, async (name, raw) => {
    const call = oneOf(callNames, name)
    const input = desk.files.withPath(call, parseInput(call, raw))
    return answerOf(desk.engine, call)(input)
  })
  serve('strata:shell', desk, async (name, raw) => {
    const call = oneOf(shellCallNames, name)
    return answerOf(desk.shell, call)(parse(call, shellCalls[call].input, raw))
  })
  serve('strata:offer', desk, async (raw) => {
    const paths = parse('offerFiles', DroppedPaths, raw)
    return Promise.all(paths.map((path) => desk.files.offer(path, 'read')))
  })
}

function serve(
  channel: string,
  desk: Desk,
  answer: (...args: unknown[]) => Promise<unknown>,
): void {
  ipcMain.handle(channel, async (event: IpcMainInvokeEvent, ...args): Promise<Reply<unknown>> => {
    try {
      if (!desk.isOurs(event.senderFrame)) {
        throw new StrataError('REQUEST_REFUSED', {
          call: channel,
          problem: 'it came from a frame that is not ours',
        })
      }
      return { ok: true, value: await answer(...args) }
    } catch (error) {
      const wire = wireOf(error)
      if (wire.code === 'INTERNAL' || wire.code === 'REQUEST_REFUSED') desk.logFault(channel, error)
      return { ok: false, error: wire }
    }
  })
}

/** @throws StrataError REQUEST_REFUSED when no call is called so */
function oneOf<Name extends string>(names: readonly Name[], raw: unknown): Name {
  const name = names.find((known) => known === raw)
  if (name) return name
  throw new StrataError('REQUEST_REFUSED', {
    call: 'A call',
    problem: 'there is none of that name',
  })
}

function parse<T extends z.ZodType>(call: string, schema: T, raw: unknown): z.infer<T> {
  const parsed = schema.safeParse(raw)
  if (parsed.success) return parsed.data
  throw new StrataError('REQUEST_REFUSED', { call, problem: z.prettifyError(parsed.error) })
}

/** The input was parsed by the schema of this very call, which the compiler cannot follow. */
function answerOf<Name extends CallName | ShellCallName>(
  api: { [K in Name]: (input: never) => Promise<unknown> },
  name: Name,
): (input: unknown) => Promise<unknown> {
  return api[name] as (input: unknown) => Promise<unknown>
}
