import { describe, expect, it } from 'vitest'
import { formatSize } from '../core/contract/size-text.ts'
import { parseSize } from './size.ts'

describe('parseSize', () => {
  it.each([
    ['0', 0],
    ['4096', 4_096],
    ['7B', 7],
    ['512KiB', 524_288],
    ['250MiB', 262_144_000],
    ['10GiB', 10_737_418_240],
    ['1.5GiB', 1_610_612_736],
    ['2TiB', 2_199_023_255_552],
    ['64TiB', 70_368_744_177_664],
    ['10GB', 10_000_000_000],
    ['1.234kB', 1_234],
    ['3 mib', 3_145_728],
    ['0.5KiB', 512],
  ])('reads %s', (text, bytes) => {
    expect(parseSize(text)).toBe(bytes)
  })

  it.each([
    '',
    ' ',
    'GiB',
    '-1',
    '+1',
    '1e9',
    '0x10',
    '1,5GiB',
    '1.GiB',
    '.5GiB',
    '10G',
    '10 XiB',
    '1GiB1',
    'ten',
    '٣',
  ])('refuses "%s" and says how sizes are written', (text) => {
    expect(() => parseSize(text)).toThrow(/not a size.*250MiB/)
  })

  it('refuses a fraction of a byte', () => {
    expect(() => parseSize('0.3KiB')).toThrow(/whole number of bytes/)
    expect(() => parseSize('1.5')).toThrow(/whole number of bytes/)
  })

  it('refuses what a number cannot hold exactly', () => {
    expect(() => parseSize('9007199254740992')).toThrow(/larger than any disk/)
    expect(() => parseSize('99999999999999TiB')).toThrow(/larger than any disk/)
  })
})

describe('formatSize', () => {
  it.each([
    [0, '0 B'],
    [1_023, '1023 B'],
    [1_024, '1 KiB'],
    [524_288, '512 KiB'],
    [1_572_864, '1.5 MiB'],
    [10 * 2 ** 30, '10 GiB'],
    [2 ** 30 - 1, '1 GiB'],
    [64 * 2 ** 40, '64 TiB'],
    [-(4 * 2 ** 30), '-4 GiB'],
  ])('shows %d', (bytes, text) => {
    expect(formatSize(bytes)).toBe(text)
  })
})
