import { describe, expect, it } from 'vitest'
import { facts, safeName, table, widthOf } from './table.ts'

describe('table', () => {
  it('aligns words to the left and figures to the right', () => {
    const text = table(
      [{ heading: 'Name' }, { heading: 'Size', isFigure: true }, { heading: 'Kind' }],
      [
        ['web', '10 GiB', 'linked'],
        ['database', '4 MiB', 'managed'],
      ],
    )
    expect(text).toBe(
      ['NAME        SIZE  KIND', 'web       10 GiB  linked', 'database   4 MiB  managed'].join(
        '\n',
      ),
    )
  })

  it('leaves only the headings when there is nothing', () => {
    expect(table([{ heading: 'Name' }, { heading: 'Size' }], [])).toBe('NAME  SIZE')
  })

  it('counts wide letters as two cells and marks as none', () => {
    expect(widthOf('漢字')).toBe(4)
    expect(widthOf('e\u0301')).toBe(1)
    expect(
      table(
        [{ heading: 'n' }, { heading: 'k' }],
        [
          ['漢字', 'a'],
          ['abcd', 'b'],
        ],
      ),
    ).toBe('N     K\n漢字  a\nabcd  b')
  })
})

describe('facts', () => {
  it('aligns the values', () => {
    expect(
      facts([
        ['Name', 'web'],
        ['Full size', '1 GiB'],
      ]),
    ).toBe('Name       web\nFull size  1 GiB')
  })
})

describe('safeName', () => {
  it('escapes what moves a cursor or reorders text', () => {
    expect(safeName('a\u001b[2Jb\u202ec\n')).toBe('a\\u{1b}[2Jb\\u{202e}c\\u{a}')
  })

  it('isolates right-to-left names', () => {
    expect(safeName('שלום')).toBe('\u2068שלום\u2069')
    expect(safeName('web')).toBe('web')
  })
})
