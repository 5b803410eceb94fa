import { expect, it } from 'vitest'
import { VolumeSource } from '../../core/contract/model.ts'
import { actionById } from '../actions/all.ts'
import { sourceChip, sourceWords } from './source-words.ts'

const source = (state: VolumeSource['state']): VolumeSource => ({ path: '/a', sizeBytes: 1, state })
const states = VolumeSource.shape.state.options

it('says nothing of an image that is as it was', () => {
  expect(sourceWords(source('present'), 's1')).toBeNull()
  expect(sourceChip({ source: null })).toBeNull()
})

it.each(states.filter((state) => state !== 'present'))(
  '%s: has a way on that there is',
  (state) => {
    const words = sourceWords(source(state), 's1')
    for (const id of words?.actionIds ?? []) expect(actionById(id).group).toBeTruthy()
    expect(`${words?.body} ${words?.actionIds.length}`).toMatch(/snapshot.* \d$/)
  },
)

it('each state has a title and a word of its own', () => {
  const titles = states.map((state) => sourceWords(source(state), null)?.title)
  const chips = states.map((state) => sourceChip({ source: source(state) }))
  expect(new Set(titles).size).toBe(states.length)
  expect(new Set(chips).size).toBe(states.length)
  expect(sourceWords(source('grown'), null)?.title).toBe('The image has grown since it was opened')
})
