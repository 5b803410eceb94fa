import type { Random } from '../../lineage/testing/random.ts'
import type { BlockContent } from '../../testing/make-image.ts'

/** Few different ones, so that blocks become equal again now and then. */
export function contentAtRandom(random: Random): BlockContent {
  const seed = random.below(30)
  return random.pick<BlockContent>([
    { kind: 'hole' },
    { kind: 'zeros' },
    { kind: 'fill', byte: seed },
    { kind: 'text', seed },
    { kind: 'noise', seed },
    { kind: 'noise', seed },
    { kind: 'noise', seed },
  ])
}
