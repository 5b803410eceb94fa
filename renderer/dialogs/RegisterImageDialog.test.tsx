import { fireEvent, screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import type { Tiering } from '../../core/contract/tiering.ts'
import { library } from '../state/library-example.ts'
import { storeExample } from '../state/world-example.ts'
import { inPage, show } from '../testing/page.tsx'
import { RegisterImageDialog } from './RegisterImageDialog.tsx'

inPage()

it('a data volume is offered only of what can be mapped, as the root is', () => {
  const tiering = (tier: Tiering['tier'], restoreExpiresAt: number | null): Tiering => ({
    ...{ tier, restoreExpiresAt, status: 'archival-completed' },
    ...{ archivedAt: 0, startedAt: 0, archivedBytes: 1 },
  })
  const [a, b, c] = library().snapshots
  const archived = { ...b!, tiering: tiering('archive', null) }
  const forDays = { ...c!, tiering: tiering('standard', 60_000) }
  const view = library({ snapshots: [a!, archived, forDays] })
  show(storeExample(), <RegisterImageDialog library={view} root={a!} />)
  fireEvent.click(screen.getByRole('button', { name: 'Add a data volume' }))
  const offered = screen.getAllByRole('option').map((option) => option.textContent)
  expect(offered.filter((label) => label?.includes(' / '))).toEqual(['web / A'])
})
