import { fireEvent, screen } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { EngineError } from '../state/api.ts'
import { storeExample } from '../state/world-example.ts'
import { inPage, show } from '../testing/page.tsx'
import { PolicyForm } from './PolicyForm.tsx'

inPage()

it('what is wrong is told at its field, and what is refused is not lost', async () => {
  const wire = { code: 'POLICY_REFUSED', message: 'Refused.', remedy: 'Change it.' }
  const createPolicy = vi.fn().mockRejectedValue(new EngineError(wire))
  const store = storeExample({ createPolicy })
  store.getState().openDialog({ kind: 'policyForm', policyId: null })
  show(store, <PolicyForm library={store.getState().library!} policy={null} />)
  const type = (label: string | RegExp, value: string) =>
    fireEvent.change(screen.getByLabelText(label), { target: { value } })
  const [name] = screen.getAllByLabelText('Name')
  fireEvent.change(name!, { target: { value: 'nightly' } })
  type('Volumes with one of these tags', 'Backup=yes')
  type('How often', 'cron')
  const submit = screen.getByRole('button', { name: 'Make and preview' })
  expect(submit).toHaveProperty('disabled', false)
  type(/Expression/, '* * * * * *')
  expect(screen.getByText('It is not written cron(...).')).toBeTruthy()
  expect(submit).toHaveProperty('disabled', true)

  type(/Expression/, 'cron(0 3 ? * MON *)')
  fireEvent.click(submit)
  expect((await screen.findByRole('alert')).textContent).toBe('Refused. Change it.')
  expect(createPolicy).toHaveBeenCalledOnce()
  expect(store.getState().dialog.kind).toBe('policyForm')
  expect(name).toHaveProperty('value', 'nightly')
  expect(submit).toHaveProperty('disabled', false)
})
