import type { Cells, PlainSnapshot } from '../../engine/testing/plain-model.ts'
import type { PlainVolume } from '../../engine/testing/plain-volume.ts'

export const DAY_MS = 86_400_000

export type WorldKey = {
  /** Empty until it was seen: of the key that Strata keeps for an account nobody is told. */
  id: string
  account: string
  region: string
  isOwn: boolean
  state: 'enabled' | 'disabled' | 'pending-deletion' | 'deleted'
  goesAt: number | null
  grantees: Set<string>
}

/** Whoever goes back to one volume under one key. Across two of them nobody can compare blocks. */
export type Sealed = { readonly by: WorldKey }

export type WorldVolume = PlainVolume & {
  owner: string
  key: WorldKey | null
  /** null: it is plain. */
  sealed: Sealed | null
  isAttached: boolean
  /** Policies are about it. */
  isTagged?: boolean
  /** Of the image that a linked one is linked to. */
  file?: string
}

export type WorldSnapshot = PlainSnapshot & {
  owner: string
  key: WorldKey | null
  sealed: Sealed | null
  isCopy: boolean
  tier: 'standard' | 'archive'
  /** What the archive has of one that is restored for some days. */
  archived: Cells | null
  restoredUntil: number | null
  grantees: Set<string>
  lock: { isCompliance: boolean; until: number; coolOffUntil: number } | null
  /** What each account says of it under one key. */
  tags: Map<string, string>
  /** Of one that lies in the Recycle Bin. */
  exitsAt: number | null
}

/** One that can be undone: with what of it is left. */
export type WorldDeletion = { id: string; owner: string; doomed: WorldSnapshot[] }

/** Once a day, at midnight. */
export type WorldPolicy = {
  id: string
  account: string
  region: string
  kept: number
  settledUntil: number
  /** What it took and has not let go of, oldest first. */
  made: Map<WorldVolume, WorldSnapshot[]>
}

export type WorldImage = {
  id: string
  owner: string
  region: string
  snapshots: WorldSnapshot[]
  grantees: Set<string>
  /** What each account says of it under one key. */
  tags: Map<string, string>
}

/** `tag`: only what has it. `except`: all but what has that. */
export type WorldRule = {
  id: string
  account: string
  region: string
  days: number
  tag: string | null
  except: string | null
}

export type PublicAccess = 'unblocked' | 'block-new-sharing' | 'block-all-sharing'
