import { describe, expect, it } from 'vitest'
import { ownArguments, readArguments, Wish } from './arguments.ts'

const read = (...args: string[]) => readArguments(args, '/home/ann')

describe('the command line of the app', () => {
  it.each([
    ['--library', 'work.strata'],
    ['--library=work.strata'],
    ['--library=/home/ann/work.strata'],
  ])('names a library: %s %s', (...args) => {
    expect(read(...args).libraryPath).toBe('/home/ann/work.strata')
  })

  it('takes the rest for dropped files, and passes over what is meant for Chromium', () => {
    expect(read('--no-sandbox', 'a.img', '--user-data-dir=/tmp/x', '../b.img')).toEqual({
      isDemo: false,
      libraryPath: null,
      files: ['/home/ann/a.img', '/home/b.img'],
    })
  })

  it('asks for the demo', () => {
    expect(read('--demo').isDemo).toBe(true)
  })

  it('is bounded, and always a wish that another instance accepts', () => {
    const wish = read(...Array.from({ length: 1_000 }, (_, i) => `${i}.img`))
    expect(wish.files).toHaveLength(256)
    expect(Wish.safeParse(wish).success).toBe(true)
  })

  it('does not take the folder of a development build for a file', () => {
    const argv = ['/electron', '--inspect=0', '/work', '--library=x.strata', 'a.img']
    expect(ownArguments(argv, false)).toEqual(['--inspect=0', '--library=x.strata', 'a.img'])
    expect(ownArguments(['/strata', 'a.img'], true)).toEqual(['a.img'])
  })
})
