import { describe, expect, it } from 'vitest'
import { byteText, formatBytes, formatBytesShort, formatDelta, parseBytes } from './byte-format.ts'

const GIB = 2 ** 30

describe('sizes', () => {
  it.each([
    [0, '0', 'B'],
    [1, '1', 'B'],
    [1023, '1023', 'B'],
    [1024, '1', 'KiB'],
    [1.5 * 2 ** 20, '1.5', 'MiB'],
    [173 * 2 ** 20, '173', 'MiB'],
    [10 * GIB, '10', 'GiB'],
    [25.38 * GIB, '25.4', 'GiB'],
    [99.96 * GIB, '100', 'GiB'],
    [64 * 2 ** 40, '64', 'TiB'],
    [-4 * GIB, '−4', 'GiB'],
  ])('%d bytes are %s %s', (bytes, value, unit) => {
    expect(byteText(bytes)).toEqual({ value, unit })
  })

  it('never says 1024 of a unit', () => {
    expect(formatBytes(GIB - 1)).toBe('1\u00a0GiB')
    expect(formatBytes(1023.6 * 2 ** 20)).toBe('1\u00a0GiB')
  })

  it.each([
    [9.54 * 2 ** 20, '9.5 MiB'],
    [20.5 * 2 ** 20, '21 MiB'],
    [999 * 2 ** 20, '999 MiB'],
    [1000 * 2 ** 20, '1 GiB'],
    [1500 * GIB, '1.5 TiB'],
    [0, '0 B'],
  ])('%d bytes are %s where room is scarce', (bytes, words) => {
    expect(formatBytesShort(bytes)).toBe(words.replace(' ', '\u00a0'))
  })

  it('signs a change, but not a change of nothing', () => {
    expect(formatDelta(2 * GIB)).toBe('+2\u00a0GiB')
    expect(formatDelta(-2 * GIB)).toBe('−2\u00a0GiB')
    expect(formatDelta(0)).toBe('0\u00a0B')
  })
})

describe('sizes that people type', () => {
  it.each([
    ['10 GiB', 10 * GIB],
    ['10gb', 10 * GIB],
    ['1.5 g', 1.5 * GIB],
    ['1,5g', 1.5 * GIB],
    ['512 MiB', 512 * 2 ** 20],
    ['1048576', 1_048_576],
    ['7 B', 7],
  ])('%s is read', (text, bytes) => {
    expect(parseBytes(text)).toBe(bytes)
  })

  it.each(['', 'ten', '-1', '1 XiB', '1 2'])('“%s” is refused', (text) => {
    expect(parseBytes(text)).toBeNull()
  })
})
