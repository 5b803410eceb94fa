import { fireEvent, screen } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { volumeId } from '../state/library-example.ts'
import { data, machine, machineLibrary } from '../state/machine-example.ts'
import { storeExample } from '../state/world-example.ts'
import { inPage, show } from '../testing/page.tsx'
import { SnapshotInstanceDialog } from './SnapshotInstanceDialog.tsx'

inPage()

const { instanceId } = machine
const box = (name: string) => screen.getByRole('checkbox', { name })

function shown() {
  const createSnapshots = vi.fn().mockResolvedValue({})
  const store = storeExample({ createSnapshots })
  show(store, <SnapshotInstanceDialog instance={machine} library={machineLibrary()} />)
  return createSnapshots
}

it('takes all volumes of an instance as one set, named as they would be', () => {
  const createSnapshots = shown()
  fireEvent.click(screen.getByRole('button', { name: 'Take 2 snapshots' }))
  const all = { instanceId, excludeBoot: false, excludeVolumeIds: [] }
  expect(createSnapshots).toHaveBeenLastCalledWith(all)
})

it('leaves out what is not wanted, the root by its own switch, and never all', () => {
  const createSnapshots = shown()
  fireEvent.click(box('data'))
  fireEvent.change(screen.getByLabelText('Name'), { target: { value: ' nightly ' } })
  fireEvent.click(screen.getByRole('button', { name: 'Take 1 snapshot' }))
  expect(createSnapshots).toHaveBeenLastCalledWith({
    instanceId,
    excludeBoot: false,
    excludeVolumeIds: [data.volumeId],
    name: 'nightly',
  })
  fireEvent.click(box('web'))
  expect(screen.getByRole('alert').textContent).toBe('Choose at least one volume.')
  expect(screen.getByRole('button', { name: /^Take / })).toHaveProperty('disabled', true)
  fireEvent.click(box('data'))
  fireEvent.click(screen.getByRole('button', { name: 'Take 1 snapshot' }))
  const [wish] = createSnapshots.mock.lastCall!
  expect(wish).toMatchObject({ excludeBoot: true, excludeVolumeIds: [] })
  expect(machine.attachments.find(({ isRoot }) => isRoot)?.volumeId).toBe(volumeId)
})
