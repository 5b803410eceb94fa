import type { DeletionPlan, Heir } from '../../core/contract/deletion.ts'
import type { Snapshot } from '../../core/contract/model.ts'
import { formatBytes } from './byte-format.ts'
import { joinNames } from './names.ts'
import { stress } from './phrase.ts'

/** A question that a figure raises, and its answer. Parts are stressed as phrase.ts says. */
export type Why = { question: string; answer: string }

/** Names of the ids, in a sentence's order. */
type NamesOf = (heirs: readonly Heir[]) => string[]

/**
 * Why deleting this snapshot alone frees what it frees.
 *
 * @param plan of this snapshot alone
 * @param withHeir of this snapshot and its only heir; null when that is not the case
 */
export function whyAlone(
  snapshot: Snapshot,
  plan: DeletionPlan,
  withHeir: DeletionPlan | null,
  namesOf: NamesOf,
): Why {
  const { name, storedHereBytes } = snapshot
  const stored = formatBytes(storedHereBytes)
  const released = formatBytes(plan.releasedBytes)
  const names = namesOf(plan.heirs)
  const heirs = joinNames(names)
  const borrowedBytes = snapshot.fullBytes - storedHereBytes
  if (snapshot.fullBytes === 0) {
    return { question: `Why ${released}?`, answer: `${name} holds no data, so nothing can go.` }
  }
  if (storedHereBytes === 0) {
    return {
      question: `Why ${released}?`,
      answer: `${name} stores nothing itself: all it reads was stored by others, and they keep it.`,
    }
  }
  if (plan.releasedBytes + plan.heldBytes === 0) {
    const still = `${name} stores ${stored}, and ${heirs} still ${read(names)} every block of it.`
    const pass = `Delete ${name} and those ${stored} pass to ${heirs}. Nothing is freed.`
    return { question: `Why ${released}?`, answer: `${still} ${pass}${together(withHeir)}` }
  }
  if (plan.releasedBytes === storedHereBytes) {
    const borrowed = borrowedBytes > 0 ? ` The ${formatBytes(borrowedBytes)} it borrows stay.` : ''
    return {
      question: `Why ${released}?`,
      answer: `No other snapshot reads the ${stress(released)} that ${name} stores, so all of it comes back.${borrowed}`,
    }
  }
  const passedBytes = storedHereBytes - plan.releasedBytes - plan.heldBytes
  const pass =
    passedBytes <= 0
      ? ''
      : ` ${formatBytes(passedBytes)} of it is still read by others and would pass to ${heirs}.`
  const [only, rest] =
    plan.releasedBytes === 0
      ? ['', ' Nothing comes back before that.']
      : ['only ', ` Only ${stress(released)} is read by nobody else, so only that comes back.`]
  return {
    question: `Why ${only}${released}?`,
    answer: `${name} stores ${stored}.${pass}${heldSentence(plan)}${rest}`,
  }

  function together(plan: DeletionPlan | null): string {
    if (plan === null || plan.surplusBytes <= 0) return ''
    return ` Delete ${name} ${stress('and')} ${heirs}: ${stress(formatBytes(plan.releasedBytes))} come back.`
  }
}

/** Why deleting these together frees what it frees. At least two. */
export function whyTogether(doomed: readonly Snapshot[], plan: DeletionPlan): Why {
  const released = formatBytes(plan.releasedBytes)
  const single = formatBytes(plan.singleSumBytes)
  const names = joinNames(doomed.map((s) => s.name))
  const held = heldSentence(plan)
  if (plan.releasedBytes === 0) {
    const stays = 'is also held by a snapshot that stays, so nothing comes back.'
    const every = held === '' ? `Every block of ${names}` : `Every other block of ${names}`
    return { question: `Why ${released}?`, answer: `${held}${held && ' '}${every} ${stays}`.trim() }
  }
  if (plan.surplusBytes === 0) {
    return {
      question: `Why ${released}?`,
      answer: `They hold no blocks that only they have in common, so together they free the sum of what each frees alone: ${stress(released)}.${held}`,
    }
  }
  const alone = doomed.filter((s) => s.releasedIfDeletedBytes > 0)
  const surplus = formatBytes(plan.surplusBytes)
  const others = doomed.length === 2 ? `only by ${names}` : 'only within this selection'
  const stay = doomed.length === 2 ? 'either of them does' : 'one of their holders does'
  const go = doomed.length === 2 ? 'both go' : 'all of them go'
  return {
    question: `Why ${released} and not ${single}?`,
    answer: `${aloneSentence(alone, single)} ${plan.singleSumBytes > 0 ? 'Another ' : ''}${stress(surplus)} are held ${others}: they stay as long as ${stay}, and go when ${go}.${held}`,
  }
}

/** What nobody but volumes that load needs any more; empty where that is nothing. */
function heldSentence({ heldBytes, heldBy }: DeletionPlan): string {
  if (heldBytes === 0) return ''
  const volumes =
    heldBy.length === 1 ? 'a volume that still loads it' : 'volumes that still load it'
  return ` ${formatBytes(heldBytes)} is held for ${volumes}, and comes back then.`
}

function aloneSentence(alone: readonly Snapshot[], single: string): string {
  const [only, ...more] = alone
  if (only === undefined) return 'Alone, none of them frees anything.'
  if (more.length > 0) {
    return `${joinNames(alone.map((s) => s.name))} free ${single} that only one of them holds.`
  }
  return `${only.name} alone frees the ${formatBytes(only.releasedIfDeletedBytes)} that only it holds.`
}

const read = (names: readonly string[]) => (names.length === 1 ? 'reads' : 'read')
