import { expect, it } from 'vitest'
import { id, library } from '../state/library-example.ts'
import { legendOf } from './legend-entries.ts'

const all = library().snapshots
const of = (foreign: readonly string[]) =>
  legendOf({
    mode: 'owner',
    isPreview: false,
    hasHeirs: false,
    isHeld: false,
    snapshots: all,
    foreign: new Set(foreign),
    followedKey: undefined,
    tickedName: null,
    unloaded: null,
  })

it('says nothing of who stores what is shared by another account', () => {
  const shared = of([id('a'), id('b'), id('c')])
  expect(shared.intro).toBe('')
  expect(shared.entries.map(({ label }) => label)).toEqual(['shared with you', 'never written'])
})

it('keeps the colours of the own ones beside it', () => {
  const colourOfC = (entries: ReturnType<typeof of>['entries']) =>
    entries.find(({ label }) => label === 'C')?.fill
  const mixed = of([id('a')])
  expect(mixed.entries.map(({ label }) => label)).toEqual([
    'B',
    'C',
    'never written',
    'shared with you',
  ])
  expect(colourOfC(mixed.entries)).toBe(colourOfC(of([]).entries))
})
