import { catalogFailure } from '../catalog/database.ts'
import {
  type CallName,
  callNames,
  type Input,
  type Output,
  type StrataApi,
} from '../contract/calls.ts'
import type { EngineEvent } from '../contract/events.ts'
import { knownAccount } from '../world/accounts.ts'
import { knownRegion } from '../world/regions.ts'
import { UpkeepTimer } from '../world/upkeep-timer.ts'
import { worldVerbs } from '../world/world-verbs.ts'
import type { Context } from './context.ts'
import { Gate } from './gate.ts'
import { Jobs } from './jobs.ts'
import type { KeyVault } from './key-vault.ts'
import type { Library } from './library.ts'
import { closeLibrary, createLibrary, type NewLibrary, openLibrary } from './library-folder.ts'
import { libraryVerbs } from './library-verbs.ts'
import { resumeLoading } from './load-volume.ts'
import { ReclaimTimer } from './reclaim-timer.ts'
import type { Verb, Verbs } from './verb.ts'
import { VolumeLoaders } from './volume-loaders.ts'

export type EngineOptions = {
  onEvent: (event: EngineEvent) => void
  /** Milliseconds since 1970, UTC. Default: the system's. */
  clock?: () => number
  /** What to call this program to a second opener. */
  holder?: string
  /** The region to work in; default: the library's current one. */
  region?: string | undefined
  /** Id or name of the account that asks; default: the library's current one. */
  account?: string | undefined
  /** What opens the keys of encrypted things. */
  keyVault?: KeyVault
  /** Whether volumes that were loading go on; default: yes. Who opens it for a moment need not. */
  resumesLoading?: boolean
  /** Whether life-cycle policies run when their time comes; default: yes. */
  runsPolicies?: boolean
  /** Failures of jobs, and what nobody can be told of, for a log. */
  log?: (error: unknown) => void
}

/** Requests that need no input take none. */
type Asked = {
  [K in CallName]: Record<string, never> extends Input<K>
    ? (input?: Input<K>) => Promise<Output<K>>
    : StrataApi[K]
}

/** An open library and all that can be asked of it. */
export type Engine = Asked & {
  /** Cancels what runs, waits for it, and lets go of the library. */
  close(): Promise<void>
}

export const Engine = {
  /** @throws StrataError LIBRARY_EXISTS, FILE_UNWRITABLE, FILE_NOT_ALLOWED, DISK_FULL */
  async create(
    path: string,
    options: EngineOptions & NewLibrary = { onEvent: () => {} },
  ): Promise<Engine> {
    return engineOn((emit) => createLibrary(path, options, emit), options)
  },

  /** @throws StrataError LIBRARY_MISSING, LIBRARY_LOCKED, LIBRARY_NEWER, LIBRARY_DAMAGED */
  async open(path: string, options: EngineOptions = { onEvent: () => {} }): Promise<Engine> {
    return engineOn((emit) => openLibrary(path, options, emit), options)
  },
}

/** Each is a file of its own. */
const verbs: Verbs = { ...libraryVerbs, ...worldVerbs }

function engineOn(
  open: (emit: (event: EngineEvent) => void) => Library,
  options: EngineOptions,
): Engine {
  const { onEvent } = options
  /** Not there yet while the library is being opened. */
  let timers: (ReclaimTimer | UpkeepTimer)[] = []
  const library = open((event) => {
    if (event.kind === 'libraryChanged') for (const timer of timers) timer.arm()
    onEvent(event)
  })
  try {
    if (options.region !== undefined) library.workIn(knownRegion(library, options.region))
    if (options.account !== undefined) library.workAs(knownAccount(library, options.account))
  } catch (error) {
    closeLibrary(library)
    throw error
  }
  if (options.keyVault !== undefined) library.keyring.useVault(options.keyVault)
  const failureOf = (error: unknown) => catalogFailure(error, library.path)
  const log = (error: unknown) => options.log?.(failureOf(error))
  const jobs = new Jobs(onEvent, log, failureOf)
  const context: Context = {
    library,
    jobs,
    gate: new Gate(),
    loaders: new VolumeLoaders(library),
    policyRuns: new Map(),
    expiryRetries: new Map(),
    resumesLoading: options.resumesLoading ?? true,
    clock: options.clock ?? Date.now,
  }
  const upkeep = new UpkeepTimer(context, {
    runsPolicies: options.runsPolicies ?? true,
    onEvent,
    log,
  })
  const reclaims = new ReclaimTimer(context, log)
  timers = [reclaims, upkeep]
  reclaims.arm()
  upkeep.run()
  reclaims.resume()
  resumeLoading(context)
  return {
    ...onContext(context),
    async close() {
      for (const timer of timers) timer.end()
      await jobs.stop()
      library.keyring.lock()
      closeLibrary(library)
    },
  }
}

function onContext(context: Context): Asked {
  const { library } = context
  const bound = <K extends CallName>(name: K) => {
    const verb: Verb<K> = verbs[name]
    const ask = async (input: Input<K>) => {
      try {
        return await library.asker.as(library.currentAccount, () => verb(context, input ?? {}))
      } catch (error) {
        throw catalogFailure(error, library.path)
      }
    }
    return [name, ask] as const
  }
  return Object.fromEntries(callNames.map((name) => bound(name))) as Asked
}
