import { ACCOUNT_ERRORS } from './account-error-texts.ts'
import { FAST_RESTORE_ERRORS } from './fast-restore-error-texts.ts'
import { IMAGE_ERRORS } from './image-error-texts.ts'
import { INSTANCE_ERRORS } from './instance-error-texts.ts'
import { KEEPING_ERRORS } from './keeping-error-texts.ts'
import { KEY_ERRORS } from './key-error-texts.ts'
import { LIFE_CYCLE_ERRORS } from './life-cycle-error-texts.ts'
import { LOADING_ERRORS } from './loading-error-texts.ts'
import { POLICY_ERRORS } from './policy-error-texts.ts'
import { printable, show } from './show.ts'

/** Refusals of regions and what lives in them. Codes that EBS has too are EBS's own. */
export const WORLD_ERRORS = {
  ...ACCOUNT_ERRORS,
  ...INSTANCE_ERRORS,
  ...IMAGE_ERRORS,
  ...KEY_ERRORS,
  ...LOADING_ERRORS,

  InvalidRegion: {
    says: (d: { region: string }) => `${show(d.region)} is not a valid region name.`,
    remedy: 'List the regions of this library, or add it.',
  },
  REGION_NAME_REFUSED: {
    says: (d: { region: string }) => `${show(d.region)} cannot be the name of a region.`,
    remedy: 'Use 2 to 40 small letters, digits and hyphens, beginning with a letter: eu-west-1.',
  },
  REGION_EXISTS: {
    says: (d: { region: string }) => `There is a region ${show(d.region)} already.`,
    remedy: 'Use it, or choose another name.',
  },
  NAMED_ELSEWHERE: {
    says: (d: {
      name: string
      kind: 'snapshot' | 'volume' | 'image' | 'instance'
      region: string
    }) => `The ${d.kind} ${show(d.name)} is not here: it lies in ${show(d.region)}.`,
    remedy: 'Name its region, such as --region eu-west-1, or use its id.',
  },
  ResourceLimitExceeded: {
    says: (d: { limit: number; what: 'copies' | 'fast restores'; region: string }) =>
      d.what === 'copies'
        ? `${d.limit} copies to ${show(d.region)} are under way already.`
        : `${d.limit} snapshots in ${show(d.region)} are restored fast already.`,
    remedy: (d: { what: 'copies' | 'fast restores' }) =>
      d.what === 'copies'
        ? 'Wait until one of them is done.'
        : 'Switch fast restore of another snapshot off.',
  },
  'InvalidSnapshot.NotFound': {
    // EBS says it otherwise to whoever wants a volume of it.
    says: (d: { snapshot: string; wanted?: 'volume' }) =>
      d.wanted === 'volume'
        ? 'Snapshot does not exist'
        : `The snapshot '${printable(d.snapshot)}' does not exist.`,
    remedy: 'List the snapshots to see their names and ids. It may have been deleted.',
  },
  'InvalidSnapshotID.Malformed': {
    says: (d: { snapshot: string }) =>
      `Value ( ${printable(d.snapshot)} ) for parameter SNAPSHOT is invalid.`,
    remedy: 'An id is snap- and 17 hexadecimal digits. No snapshot is called that, either.',
  },
  ...KEEPING_ERRORS,
  ...FAST_RESTORE_ERRORS,
  ...POLICY_ERRORS,
  ...LIFE_CYCLE_ERRORS,

  EVENT_UNKNOWN: {
    says: (d: { event: string }) => `The event log has no event ${show(d.event)}.`,
    remedy: 'Ask for the newest events, and go on from the id of the last of them.',
  },
}
