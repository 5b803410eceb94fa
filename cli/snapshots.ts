import type { DeletionPlan } from '../core/contract/deletion.ts'
import type { SnapshotId } from '../core/contract/ids.ts'
import type { LibraryView, Remnant } from '../core/contract/model.ts'
import { formatSize } from '../core/contract/size-text.ts'
import type { Tag } from '../core/contract/tags.ts'
import { type Answer, answer } from './answer.ts'
import { diffText, snapshotName, snapshotTable, snapshotText } from './describe.ts'
import { volumeText } from './describe-volume.ts'
import { describedText } from './described-snapshots.ts'
import { JobFailed } from './failure.ts'
import { findSnapshot, findVolume, snapshotIdOf, snapshotToChange, volumeToChange } from './find.ts'
import { formatInstant } from './instant.ts'
import {
  DeletionJson,
  DeletionPlanJson,
  DiffJson,
  RestoreJson,
  SnapshotFactsJson,
  SnapshotListJson,
  UndoneJson,
  VolumeJson,
} from './json.ts'
import { filePath, type Library } from './library.ts'
import { finishLoading } from './loading.ts'
import { newestOf, planText } from './plan-text.ts'
import type { RestoreRequest } from './restore-request.ts'
import { snapshotFacts } from './snapshot-facts.ts'

/** How long `--undoable` leaves: until tomorrow. */
const UNDOABLE_MS = 86_400_000

/** The options of `snapshot create`, as they are given. */
export type CreateOptions = {
  readonly name?: string
  readonly description?: string
  readonly from?: string
  readonly tag?: Tag[]
}

export async function createSnapshot(
  library: Library,
  volume: string,
  options: CreateOptions,
): Promise<Answer> {
  const { engine } = library
  const { volumeId } = volumeToChange(await library.engine.describeLibrary(), volume)
  const started = await engine.takeSnapshot({
    volumeId,
    name: options.name,
    description: options.description,
    tags: options.tag,
    file: options.from === undefined ? undefined : filePath(options.from),
  })
  await library.finish(started, 'snapshot')
  return about(library, started.snapshotId)
}

export async function listSnapshots(
  library: Library,
  options: { readonly volume?: string },
): Promise<Answer> {
  const view = await library.engine.describeLibrary()
  const volumeId =
    options.volume === undefined ? undefined : findVolume(view, options.volume).volumeId
  const isWanted = (each: { volumeId: string; region: string }) =>
    (volumeId === undefined || each.volumeId === volumeId) && library.isAskedAbout(each)
  const snapshots = view.snapshots.filter(isWanted)
  const remnants = view.remnants.filter(isWanted)
  const lines = [
    snapshots.length === 0 ? 'There are no snapshots yet.' : snapshotTable(view, snapshots),
  ]
  for (const remnant of remnants) {
    lines.push(remnantText(snapshotName(view, remnant.snapshotId), remnant))
  }
  const asked = view.regions.find(({ name }) => name === library.askedRegion)
  const { storedBytes, physicalBytes } = asked ?? view
  const where = asked?.name ?? 'the library'
  const isShared = view.accounts.length > 1
  const [by, ofAll] = isShared ? [' by this account', ' of all accounts'] : ['', '']
  lines.push(
    `Stored in ${where}${by}: ${formatSize(storedBytes)}, on disk ${formatSize(physicalBytes)}${ofAll}`,
  )
  return answer(SnapshotListJson, { ...view, snapshots, remnants }, lines.join('\n'))
}

function remnantText(name: string, { heldBytes, inBinUntil, isLeftByArchiving }: Remnant): string {
  const held = formatSize(heldBytes)
  if (inBinUntil !== null) {
    return `${name} is in the Recycle Bin until ${formatInstant(inBinUntil)}; it stores ${held}`
  }
  return isLeftByArchiving
    ? `${name} went to the archive; ${held} of it stay in standard, as others read them`
    : `${name} was deleted; ${held} of it are still read`
}

export async function showSnapshot(library: Library, snapshot: string): Promise<Answer> {
  const view = await library.engine.describeLibrary()
  const found = findSnapshot(view, snapshot)
  const told = await snapshotFacts(library, view, found)
  const text = `${snapshotText(view, found)}\n\nAs EC2 describes it\n${describedText(told.described)}`
  return answer(SnapshotFactsJson, told, text)
}

/** As EC2's waiter does, at most: 40 times 15 seconds. */
export async function waitForSnapshot(
  library: Library,
  snapshot: string,
  options: { readonly timeout?: number },
): Promise<Answer> {
  const { snapshotId } = findSnapshot(await library.engine.describeLibrary(), snapshot)
  const { timeout } = options
  const timeoutMs = timeout === undefined ? undefined : timeout * 1_000
  await library.engine.awaitSnapshot({ snapshotId, timeoutMs })
  return about(library, snapshotId)
}

export async function renameSnapshot(
  library: Library,
  snapshot: string,
  name: string,
): Promise<Answer> {
  const { engine } = library
  const { snapshotId } = snapshotToChange(await library.engine.describeLibrary(), snapshot)
  await engine.renameSnapshot({ snapshotId, name })
  return about(library, snapshotId)
}

/** Deletes what was planned, and nothing else: both quote one revision. */
export async function deleteSnapshots(
  library: Library,
  snapshots: readonly string[],
  options: { readonly dryRun?: boolean; readonly undoable?: boolean },
): Promise<Answer> {
  const { engine } = library
  const view = await library.engine.describeLibrary()
  const snapshotIds = [...new Set(snapshots.map((text) => snapshotToChange(view, text).snapshotId))]
  const plan = await engine.planDeletion({ snapshotIds })
  if (options.dryRun === true) {
    return answer(DeletionPlanJson, planTold(view, plan), planText(view, plan, false))
  }
  return carryOut(library, view, plan, options.undoable === true)
}

async function carryOut(
  library: Library,
  view: LibraryView,
  plan: DeletionPlan,
  isUndoable: boolean,
): Promise<Answer> {
  const { engine } = library
  const { deletionId, undoableUntil } = await engine.deleteSnapshots({
    snapshotIds: plan.snapshotIds,
    revision: plan.revision,
    undoableMs: isUndoable ? UNDOABLE_MS : 0,
  })
  const text = planText(view, plan, true)
  const told = planTold(view, plan)
  if (isUndoable) {
    const done = { ...told, deletionId, undoableUntil, reclaimedBytes: null }
    return answer(DeletionJson, done, `${text}\nIt can be taken back with \`strata undo\``)
  }
  const { reclaimedBytes, outcome } = await giveBack(library)
  const done = { ...told, deletionId, undoableUntil: null, reclaimedBytes }
  return answer(DeletionJson, done, `${text}\n${outcome}`)
}

function planTold(view: LibraryView, plan: DeletionPlan) {
  return { ...plan, newestCopyIds: newestOf(view, plan).map(({ snapshotId }) => snapshotId) }
}

/** The snapshots are deleted by then: what comes between their space and the disk undoes nothing. */
export async function giveBack(
  library: Library,
): Promise<{ reclaimedBytes: number | null; outcome: string }> {
  try {
    const started = await library.engine.reclaim({ now: false })
    const { reclaimedBytes } = await library.finish(started, 'reclaim')
    return { reclaimedBytes, outcome: `Given back to the disk: ${formatSize(reclaimedBytes)}` }
  } catch (error) {
    if (!(error instanceof JobFailed)) throw error
    const outcome = `Its space is not given back yet: ${error.message}\nTry \`strata reclaim\` later.`
    return { reclaimedBytes: null, outcome }
  }
}

export async function undoDeletion(library: Library): Promise<Answer> {
  const undone = await library.engine.undoDeletion({})
  const view = await library.engine.describeLibrary()
  const names = undone.snapshotIds.map((id) => snapshotName(view, id)).join(', ')
  return answer(UndoneJson, undone, `Back again: ${names}`)
}

export async function diffSnapshots(library: Library, from: string, to: string): Promise<Answer> {
  const view = await library.engine.describeLibrary()
  const diff = await library.engine.diffSnapshots({
    fromId: findSnapshot(view, from).snapshotId,
    toId: findSnapshot(view, to).snapshotId,
  })
  return answer(DiffJson, diff, diffText(diff))
}

export async function restoreSnapshot(
  library: Library,
  snapshot: string,
  request: RestoreRequest,
): Promise<Answer> {
  const { engine } = library
  const snapshotId = snapshotIdOf(await library.engine.describeLibrary(), snapshot)
  if (request.kind === 'volume') {
    const { kind, ...wish } = request
    const started = await engine.createVolumeFromSnapshot({ snapshotId, ...wish })
    await finishLoading(library, started)
    const volume = findVolume(await library.engine.describeLibrary(), started.volumeId)
    return answer(VolumeJson, volume, volumeText(volume))
  }
  const { sha256, overwrite } = request
  const file = filePath(request.file)
  const started = await engine.restoreToFile({ snapshotId, file, sha256, overwrite })
  const result = await library.finish(started, 'restore')
  const lines = [
    `Restored ${formatSize(result.bytesWritten)}, ${formatSize(result.dataBytes)} of it data`,
  ]
  if (result.sha256 !== undefined) lines.push(`SHA-256 ${result.sha256}`)
  return answer(RestoreJson, result, lines.join('\n'))
}

async function about(library: Library, snapshotId: SnapshotId): Promise<Answer> {
  const view = await library.engine.describeLibrary()
  const snapshot = findSnapshot(view, snapshotId)
  const told = await snapshotFacts(library, view, snapshot)
  return answer(SnapshotFactsJson, told, snapshotText(view, snapshot))
}
