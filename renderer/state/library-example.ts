import { type Account, OWNER_ACCOUNT } from '../../core/contract/account.ts'
import type { DeletionPlan } from '../../core/contract/deletion.ts'
import { DeletionId, RegionName, SnapshotId, VolumeId } from '../../core/contract/ids.ts'
import type { LibraryView, Region, Snapshot, Volume } from '../../core/contract/model.ts'
import type { CostReport, DeletionSaving, PriceTable } from '../../core/contract/money.ts'

/** The 10 / 4 / 2 GiB chain A, B, C as the engine tells it, for the tests of the window. */

export const GIB = 2 ** 30
const DAY_MS = 86_400_000
const FIRST_MS = Date.UTC(2026, 2, 2, 10)

export const id = (letter: string) =>
  SnapshotId.parse(`snap-${letter.charCodeAt(0).toString(16).padStart(17, '0')}`)
export const region = RegionName.parse('local')
export const volumeId = VolumeId.parse('vol-00000000000000001')
export const deletionId = DeletionId.parse('del-00000000000000001')

/** @param gib the figures that matter, in GiB; what is not given follows from them */
export function snapshot(
  letter: string,
  gib: { fullBytes: number; storedHereBytes: number; releasedIfDeletedBytes: number },
): Snapshot {
  const index = letter.charCodeAt(0) - 97
  return {
    snapshotId: id(letter),
    name: letter.toUpperCase(),
    description: '',
    volumeId,
    ownerId: OWNER_ACCOUNT,
    region,
    copiedFrom: null,
    parentId: index === 0 ? null : id(String.fromCharCode(96 + index)),
    state: 'completed',
    stateMessage: null,
    isToBeDeleted: false,
    progress: 100,
    startedAt: FIRST_MS + index * DAY_MS,
    completedAt: FIRST_MS + index * DAY_MS + 1_000,
    volumeSizeBytes: 15 * GIB,
    encryption: null,
    lock: null,
    tags: [],
    tiering: null,
    completionMinutes: null,
    sharedWith: [],
    isPublic: false,
    isPublicBlocked: false,
    hasDirectReads: true,
    fullBytes: gib.fullBytes * GIB,
    addedBytes: gib.storedHereBytes * GIB,
    inheritedBytes: 0,
    storedHereBytes: gib.storedHereBytes * GIB,
    sharedBytes: (gib.fullBytes - gib.releasedIfDeletedBytes) * GIB,
    releasedIfDeletedBytes: gib.releasedIfDeletedBytes * GIB,
    heldIfDeletedBytes: 0,
    fairShareBytes: gib.storedHereBytes * GIB,
  }
}

export function plan(given: Partial<DeletionPlan>): DeletionPlan {
  const releasedBytes = given.releasedBytes ?? 0
  return {
    snapshotIds: [id('b')],
    pendingIds: [],
    releasedBytes,
    heldBytes: 0,
    heldBy: [],
    singleSumBytes: releasedBytes,
    surplusBytes: 0,
    keptBytes: 0,
    heirs: [],
    storedBytesBefore: 16 * GIB,
    storedBytesAfter: 16 * GIB - releasedBytes,
    pinned: [],
    binned: [],
    releasedNowBytes: releasedBytes,
    revision: 7,
    ...given,
  }
}

export const web: Volume = {
  volumeId,
  name: 'web',
  ownerId: OWNER_ACCOUNT,
  region,
  kind: 'managed',
  identity: 'write',
  sizeBytes: 15 * GIB,
  format: 'raw',
  snapshotCount: 3,
  createdAt: FIRST_MS - DAY_MS,
  originId: null,
  source: null,
  head: { baseId: id('c'), dataBytes: 12 * GIB, changedBytes: 0 },
  encryption: null,
  load: null,
  isRemoved: false,
  isToBeRemoved: false,
  tags: [],
}

const prices: PriceTable = {
  currency: 'USD',
  writtenDown: '2026-11-22',
  source: 'AWS list prices',
  standard: 0.05,
  archive: 0.0125,
  archiveRetrieval: 0.03,
  fastRestore: 0.75,
}

/** What the chain costs. */
export const costs: CostReport = {
  prices,
  library: { amount: 0.8, formula: '16 GiB x 0.05 = 0.8' },
  account: { amount: 0.8, formula: '16 GiB x 0.05 = 0.8' },
  stored: { amount: 0.8, formula: '16 GiB x 0.05 = 0.8' },
  archived: { amount: 0, formula: '0 GiB x 0.0125 = 0' },
  binned: { amount: 0, formula: '0 GiB x 0.05 = 0' },
  fastRestore: { amount: 0, formula: '0 x 720 h x 0.75 = 0' },
  fastRestores: [],
  snapshots: [],
  deletion: null,
}

/** What deleting C saves where a rule of the Recycle Bin keeps it. */
export const saving: DeletionSaving = {
  prices,
  atOnce: { amount: 0, formula: '0 GiB x 0.05 = 0' },
  inTheEnd: { amount: 0.1, formula: '2 GiB x 0.05 = 0.1' },
  earlyDeletion: null,
}

export function regionNamed(name: string, given: Partial<Region> = {}): Region {
  return {
    name: RegionName.parse(name),
    isCurrent: false,
    snapshotCount: 3,
    volumeCount: 1,
    storedBytes: 16 * GIB,
    physicalBytes: 0,
    ...given,
  }
}

/** The first account of a library, which owns the chain. */
export const owner: Account = {
  accountId: OWNER_ACCOUNT,
  name: '',
  isCurrent: true,
  snapshotCount: 3,
  volumeCount: 1,
  storedBytes: 16 * GIB,
}

export function library(given: Partial<LibraryView> = {}): LibraryView {
  return {
    libraryId: 'lib-1',
    path: '/home/someone/Practice.strata',
    name: 'Practice',
    isPractice: true,
    accounts: [owner],
    regions: [regionNamed('local', { isCurrent: true })],
    newestCopies: [],
    instances: [],
    images: [],
    snapshotSets: [],
    formatVersion: 1,
    revision: 7,
    volumeCount: 1,
    snapshotCount: 3,
    storedBytes: 16 * GIB,
    heldBytes: 0,
    physicalBytes: 0,
    reclaimableBytes: 0,
    compression: 'none',
    volumes: [web],
    snapshots: [
      snapshot('a', { fullBytes: 10, storedHereBytes: 10, releasedIfDeletedBytes: 4 }),
      snapshot('b', { fullBytes: 10, storedHereBytes: 4, releasedIfDeletedBytes: 0 }),
      snapshot('c', { fullBytes: 12, storedHereBytes: 2, releasedIfDeletedBytes: 2 }),
    ],
    remnants: [],
    bin: [],
    fastRestores: [],
    retentionRules: [],
    policies: [],
    deletions: [],
    ...given,
  }
}
