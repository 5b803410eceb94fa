import { MantineProvider } from '@mantine/core'
import { cleanup, render } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, beforeAll, vi } from 'vitest'
import { StoreContext } from '../state/context.ts'
import type { AppStore } from '../state/store.ts'

/** Gives the tests of a file what components ask a page for, and each an empty one. */
export function inPage(): void {
  beforeAll(() => {
    const events = { addEventListener: () => undefined, removeEventListener: () => undefined }
    vi.stubGlobal('matchMedia', () => ({ matches: false, ...events }))
    // Text areas that grow ask for them.
    Object.defineProperty(document, 'fonts', { value: events, configurable: true })
    vi.stubGlobal(
      'ResizeObserver',
      class {
        observe() {}
        unobserve() {}
        disconnect() {}
      },
    )
  })
  afterEach(cleanup)
}

export function show(store: AppStore, what: ReactNode): void {
  render(
    <MantineProvider env="test">
      <StoreContext value={store}>{what}</StoreContext>
    </MantineProvider>,
  )
}
