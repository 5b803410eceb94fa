import type { DeletionPlan, Pin } from '../../core/contract/deletion.ts'
import { formatInstant } from './time-format.ts'

const ID = /\b(?:snap|ami)-[0-9a-f]{17}\b/g
const INSTANT = /\b\d{4}-\d\d-\d\dT[\d:.]+Z/g

/** Why one of them cannot be deleted, with names and times as people read them. */
export function pinSentence({ reason }: Pin, nameOf: (id: string) => string): string {
  return reason.message
    .replace(ID, nameOf)
    .replace(INSTANT, (at) => formatInstant(Date.parse(at)))
    .replace(/\.?$/, '.')
}

/** What helps, each once. */
export function pinRemedies(pinned: readonly Pin[]): string {
  return [...new Set(pinned.map(({ reason }) => reason.remedy))].join(' ')
}

/** How many of the selection stand in the way; null: nothing else was selected. */
export function pinSummary({ snapshotIds, pinned }: DeletionPlan): string | null {
  if (snapshotIds.length === 1) return null
  const all = snapshotIds.length.toLocaleString('en-GB')
  if (pinned.length === snapshotIds.length) return `None of the ${all} can be deleted.`
  return `${pinned.length.toLocaleString('en-GB')} of the ${all} cannot be deleted, so none is.`
}
