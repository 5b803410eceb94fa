import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { tempFolder } from '../core/testing/temp-folder.ts'
import { nextPractice, sweepPractice } from './practice-folder.ts'

it('a practice library gets a name of its own, also after others were swept', () => {
  const folder = join(tempFolder(), 'practice')
  const made: string[] = []
  for (let i = 0; i < 8; i += 1) {
    const path = nextPractice(folder)
    expect(made).not.toContain(path)
    made.push(path)
    mkdirSync(path, { recursive: true })
    sweepPractice(folder, path)
  }
  expect(made[0]).toBe(join(folder, 'Practice.strata'))
  expect(readdirSync(folder).sort()).toEqual([4, 5, 6, 7, 8].map((n) => `Practice ${n}.strata`))
})

it('sweeping spares the library that is open, and what is no practice library', () => {
  const folder = tempFolder()
  const names = ['Practice.strata', ...[2, 3, 4, 5, 6, 7].map((n) => `Practice ${n}.strata`)]
  for (const name of [...names, 'Mine.strata']) mkdirSync(join(folder, name))
  const removed = sweepPractice(folder, join(folder, 'Practice.strata'))
  expect(removed).toEqual([join(folder, 'Practice 2.strata')])
  expect(readdirSync(folder)).toContain('Practice.strata')
  expect(readdirSync(folder)).toContain('Mine.strata')
})
