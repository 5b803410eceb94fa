import type { Snapshot } from '../../core/contract/model.ts'
import { type LaneKey, laneKeyOf } from '../state/lanes.ts'
import type { KeyStanding } from '../words/key-words.ts'
import { UNLOADED_LABELS, type UnloadedLook } from '../words/load-words.ts'
import { colourOfGeneration, GENERATION_COUNT, generationsOf, originsOf } from './colours.ts'
import type { CoreMode } from './stage-props.ts'

export type LegendEntry = {
  readonly label: string
  readonly look:
    | 'plain'
    | 'released'
    | 'stays'
    | 'heir'
    | 'added'
    | UnloadedLook
    | 'empty'
    | KeyStanding
  /** A CSS colour; none for looks that have their own. */
  readonly fill?: string
}

export type LegendOf = {
  readonly mode: CoreMode
  readonly isPreview: boolean
  readonly hasHeirs: boolean
  /** Some of what goes comes back only when volumes have loaded it. */
  readonly isHeld: boolean
  /** Of the tree, oldest first. */
  readonly snapshots: readonly Snapshot[]
  /** Those of other accounts. */
  readonly foreign: ReadonlySet<string>
  /** Whose names stand for a group where it has any in it. */
  readonly followedKey: LaneKey | undefined
  /** Selected alone while columns are narrow: ticks tell what goes with it. */
  readonly tickedName: string | null
  /** Of blocks that the live volume has not got; null: it has all. */
  readonly unloaded: UnloadedLook | null
}

const KEY_LABELS: Readonly<Record<KeyStanding, string>> = {
  usable: 'encrypted',
  locked: 'keys locked',
  refused: 'key not usable',
}

/** What the signs of keys on boxes mean, as far as there are any. */
export function keyLegend(standings: Iterable<KeyStanding>): readonly LegendEntry[] {
  const seen = new Set(standings)
  const looks = ['usable', 'locked', 'refused'] as const
  return looks.filter((look) => seen.has(look)).map((look) => ({ label: KEY_LABELS[look], look }))
}

/** Up to so many snapshots have a colour or at least a name each. */
const NAMED_MAX = GENERATION_COUNT

type Told = { intro: string; entries: readonly LegendEntry[] }

export function legendOf(of: LegendOf): Told {
  const legend = legendOfOwners(of)
  const { unloaded: look } = of
  if (of.isPreview || look === null) return legend
  return { ...legend, entries: [...legend.entries, { label: UNLOADED_LABELS[look], look }] }
}

function legendOfOwners(of: LegendOf): Told {
  const empty: LegendEntry = { label: 'never written', look: 'empty' }
  const foreign = of.snapshots.filter((s) => of.foreign.has(s.snapshotId))
  if (foreign.length === 0) return ownLegend(of, empty)
  const shared: LegendEntry = { label: 'shared with you', look: 'plain', fill: 'var(--neutral)' }
  if (foreign.length === of.snapshots.length) return { intro: '', entries: [shared, empty] }
  const { intro, entries } = ownLegend(of, empty)
  return { intro, entries: [...entries, shared] }
}

/** What is told of the account's own snapshots. */
function ownLegend(of: LegendOf, empty: LegendEntry): Told {
  if (of.isPreview) {
    const heir: LegendEntry[] = of.hasHeirs ? [{ label: 'passes to an heir', look: 'heir' }] : []
    return {
      intro: '',
      entries: [
        { label: of.isHeld ? 'released, in part later' : 'released', look: 'released' },
        { label: 'stays, still held', look: 'stays' },
        ...heir,
        empty,
      ],
    }
  }
  switch (of.mode) {
    case 'state':
      return {
        intro: '',
        entries: [
          { label: 'goes with this one alone', look: 'released' },
          { label: 'others hold it too', look: 'stays' },
          empty,
        ],
      }
    case 'changed':
      return {
        intro: '',
        entries: [
          { label: 'written in this snapshot', look: 'added' },
          { label: 'written before', look: 'plain', fill: 'var(--neutral)' },
          empty,
        ],
      }
    case 'survival':
      return {
        intro: 'held by',
        entries: [
          { label: 'one', look: 'plain', fill: shade(14) },
          { label: 'half', look: 'plain', fill: shade(47) },
          {
            label: isOneRegion(of) ? 'all snapshots' : 'all of its region',
            look: 'plain',
            fill: shade(80),
          },
          empty,
        ],
      }
    case 'owner':
      return ownerLegend(of, empty)
    default:
      return of.mode satisfies never
  }
}

function isOneRegion({ snapshots }: LegendOf): boolean {
  return snapshots.every(({ region }) => region === snapshots[0]?.region)
}

function ownerLegend(of: LegendOf, empty: LegendEntry) {
  const generations = generationsOf(of.snapshots)
  const ticked: LegendEntry[] =
    of.tickedName === null ? [] : [{ label: `goes with ${of.tickedName}`, look: 'released' }]
  const originOf = originsOf(of.snapshots)
  const own = of.snapshots.filter((s) => !of.foreign.has(s.snapshotId))
  const origins = own.filter((s) => originOf.get(s.snapshotId) === s.snapshotId)
  if (origins.length <= NAMED_MAX) {
    const named = origins.map((origin): LegendEntry => {
      const fill = colourOfGeneration(generations.get(origin.snapshotId) ?? 0)
      const alike = of.snapshots.filter((s) => originOf.get(s.snapshotId) === origin.snapshotId)
      const label = [...new Set(alike.map((s) => s.name))].join(', ')
      return { label, look: 'plain', fill }
    })
    return { intro: 'stored by', entries: [...named, empty, ...ticked] }
  }
  const ranges = Array.from({ length: GENERATION_COUNT }, (_, step) => {
    const all = own.filter((s) => generations.get(s.snapshotId) === step)
    const inLane = all.filter((s) => laneKeyOf(s) === of.followedKey)
    const members = inLane.length > 0 ? inLane : all
    return { first: members[0]?.name ?? '', last: members.at(-1)?.name ?? '' }
  })
  const prefix = commonPrefixOf(ranges.flatMap(({ first, last }) => [first, last]))
  const grouped = ranges.map(({ first, last }, step): LegendEntry => {
    const [from, to] = [first.slice(prefix.length), last.slice(prefix.length)]
    const label = from === to ? from : `${from}–${withoutPrefixOf(from, to)}`
    return { label, look: 'plain', fill: colourOfGeneration(step) }
  })
  return { intro: `stored by ${prefix}`.trim(), entries: [...grouped, ...ticked] }
}

/** What numbered names begin with, all of them: said once, their numbers remain. */
function commonPrefixOf(names: readonly string[]): string {
  const [prefix, ...others] = new Set(names.map((name) => /^(\D*)\d+$/.exec(name)?.[1] ?? ''))
  return others.length === 0 ? (prefix ?? '') : ''
}

/** "s1" and "s167": "167"; other names as they are. */
function withoutPrefixOf(first: string, last: string): string {
  const [, prefix] = /^(\D*)\d+$/.exec(first) ?? []
  const [, own, digits] = /^(\D*)(\d+)$/.exec(last) ?? []
  return prefix !== undefined && prefix === own && digits !== undefined ? digits : last
}

function shade(percent: number): string {
  return `color-mix(in srgb, var(--text) ${percent}%, var(--canvas))`
}
