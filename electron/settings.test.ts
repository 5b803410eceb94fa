import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { tempFolder } from '../core/testing/temp-folder.ts'
import { Settings } from './settings.ts'

const DEFAULTS = { theme: 'system', recent: [], places: {} }
const place = { x: 0, y: 0, width: 1_000, height: 700, isMaximized: false }

function fresh() {
  const file = join(tempFolder(), 'profile', 'settings.json')
  const onDamaged = vi.fn()
  return { file, onDamaged, read: () => Settings.read(file, onDamaged) }
}

describe('the settings', () => {
  it('are the defaults at first, which is no damage', () => {
    const { onDamaged, read } = fresh()
    expect(read().values).toEqual(DEFAULTS)
    expect(onDamaged).not.toHaveBeenCalled()
  })

  it('are there again after a restart', () => {
    const { read } = fresh()
    const settings = read()
    settings.setTheme('dark')
    settings.rememberLibrary('/a.strata')
    settings.rememberPlace('one display', place)
    expect(read().values).toEqual({
      theme: 'dark',
      recent: ['/a.strata'],
      places: { 'one display': place },
    })
  })

  it.each([
    ['cut off', '{"theme":"dark","rec'],
    ['empty', ''],
    ['of another shape', '{"theme":"dark","recent":"/a","places":{}}'],
    ['with a window at no place', '{"theme":"dark","recent":[],"places":{"a":{"x":null}}}'],
    ['with a theme that there is not', '{"theme":"neon","recent":[],"places":{}}'],
    ['not text', '\u0000\u0001'],
  ])('are the defaults when their file is %s, which is told', (_what, text) => {
    const { file, onDamaged, read } = fresh()
    read().setTheme('dark')
    writeFileSync(file, text)
    expect(read().values).toEqual(DEFAULTS)
    expect(onDamaged).toHaveBeenCalledOnce()
  })

  it('are written whole or not at all: no draft is left, and only their owner reads them', () => {
    const { file, read } = fresh()
    read().setTheme('light')
    expect(readdirSync(join(file, '..'))).toEqual(['settings.json'])
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ theme: 'light' })
    expect(existsSync(`${file}.new`)).toBe(false)
  })

  it('remember ten libraries, the last one first, each once', () => {
    const settings = fresh().read()
    for (let i = 0; i < 12; i += 1) settings.rememberLibrary(`/${i}.strata`)
    settings.rememberLibrary('/5.strata')
    expect(settings.values.recent.slice(0, 3)).toEqual(['/5.strata', '/11.strata', '/10.strata'])
    expect(settings.values.recent).toHaveLength(10)
    settings.forgetLibrary('/5.strata')
    expect(settings.values.recent).not.toContain('/5.strata')
  })

  it('remember the window on sixteen sets of displays, and forget the one used longest ago', () => {
    const settings = fresh().read()
    for (let i = 0; i < 16; i += 1) settings.rememberPlace(`set ${i}`, place)
    settings.rememberPlace('set 0', place)
    settings.rememberPlace('set 16', place)
    expect(Object.keys(settings.values.places)).toHaveLength(16)
    expect(settings.values.places).not.toHaveProperty('set 1')
    expect(settings.values.places).toHaveProperty('set 0')
  })
})
