import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it, vi } from 'vitest'
import { menuGroups } from './menu-items.ts'
import { menuTemplate, type ReportedAction } from './menu-template.ts'

const undo: ReportedAction = {
  id: 'undo',
  title: 'Undo delete B',
  isEnabled: true,
  shortcut: 'CmdOrCtrl+Z',
}
const take: ReportedAction = {
  id: 'snapshot.take',
  title: 'Take snapshot',
  isEnabled: false,
  shortcut: 'S',
}

type Shape = { isMac?: boolean; isPackaged?: boolean; onAction?: (id: string) => void }
const templateOf = (actions: ReportedAction[], shape: Shape = {}) =>
  menuTemplate(
    actions,
    shape.onAction ?? (() => {}),
    shape.isMac ?? false,
    shape.isPackaged ?? true,
  )

const itemsOf = (template: MenuItemConstructorOptions[]) =>
  template.flatMap(({ submenu }) => submenu as MenuItemConstructorOptions[])
const itemOf = (id: string, template: MenuItemConstructorOptions[]) =>
  itemsOf(template).find((item) => item.id === id)

describe('the menu of the application', () => {
  it('shows an action in the words of the window, with its key and whether it can run', () => {
    const template = templateOf([undo, take])
    expect(itemOf('undo', template)).toMatchObject({ label: 'Undo delete B', enabled: true })
    expect(itemOf('snapshot.take', template)).toMatchObject({
      label: 'Take snapshot',
      enabled: false,
      accelerator: 'S',
      registerAccelerator: false,
    })
  })

  it('offers nothing that the window cannot do, and no menu without items', () => {
    const template = templateOf([])
    expect(itemsOf(template).filter(({ id }) => id !== undefined)).toEqual([])
    expect(template.map(({ label }) => label)).toEqual(['&File', '&Edit', '&View', '&Window'])
  })

  it('runs the action that was clicked', () => {
    const onAction = vi.fn()
    const item = itemOf('undo', templateOf([undo], { onAction }))
    item?.click?.({} as never, undefined, { triggeredByAccelerator: false })
    expect(onAction.mock.calls).toEqual([['undo']])
  })

  it('leaves a key that the window did not take to the text that is being typed', () => {
    const onAction = vi.fn()
    const typed = { undo: vi.fn() }
    const item = itemOf('undo', templateOf([undo], { onAction }))
    item?.click?.({} as never, { webContents: typed } as never, { triggeredByAccelerator: true })
    expect(onAction).not.toHaveBeenCalled()
    expect(typed.undo).toHaveBeenCalledOnce()
  })

  it('has no keys on a Mac that are also letters', () => {
    const template = templateOf([undo, take], { isMac: true })
    expect(itemOf('undo', template)?.accelerator).toBe('CmdOrCtrl+Z')
    expect(itemOf('snapshot.take', template)).not.toHaveProperty('accelerator')
    expect(template[0]?.label).toBe('Strata')
  })

  it('has the tools of developers only where the app is not packaged', () => {
    const roles = (isPackaged: boolean) =>
      itemsOf(templateOf([], { isPackaged })).map(({ role }) => role)
    expect(roles(true)).not.toContain('toggleDevTools')
    expect(roles(false)).toContain('toggleDevTools')
  })

  it('neither begins nor ends with a line, nor has two together', () => {
    for (const actions of [[], [undo], [undo, take]]) {
      for (const { submenu } of templateOf(actions)) {
        const types = (submenu as MenuItemConstructorOptions[]).map(({ type }) => type ?? 'item')
        expect(types.join(' ')).not.toMatch(/^separator|separator$|separator separator/)
      }
    }
  })

  it('names each action once', () => {
    const ids = menuGroups.flatMap(({ items }) =>
      items.flatMap((item) => (item !== '-' && 'id' in item ? [item.id] : [])),
    )
    expect(ids).toEqual([...new Set(ids)])
  })
})
