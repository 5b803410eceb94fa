import { fireEvent, screen } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { GIB } from '../state/library-example.ts'
import { machineImage, machineLibrary } from '../state/machine-example.ts'
import { storeExample } from '../state/world-example.ts'
import { inPage, show } from '../testing/page.tsx'
import { LaunchDialog } from './LaunchDialog.tsx'

inPage()

const type = (label: string, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } })
const launch = () => screen.getByRole('button', { name: 'Launch' })

it('launches with what is given anew each time, and larger volumes than the image says', () => {
  const launchImage = vi.fn().mockResolvedValue({})
  const store = storeExample({ launchImage })
  show(store, <LaunchDialog image={machineImage} library={machineLibrary()} />)
  fireEvent.click(launch())
  const { imageId } = machineImage
  const devices = [{ deviceName: '/dev/sda1' }, { deviceName: '/dev/sdf' }]
  const plain = { imageId, name: 'gold', instanceType: 't3.micro', encryption: devices }
  expect(launchImage).toHaveBeenLastCalledWith({ ...plain, sizes: [] })

  type('Security groups', 'web, ,ssh ')
  type('Key pair', ' laptop')
  type('Size of /dev/sdf', '32 GiB')
  fireEvent.click(launch())
  expect(launchImage).toHaveBeenLastCalledWith({
    ...plain,
    securityGroups: ['web', 'ssh'],
    keyPair: 'laptop',
    sizes: [{ deviceName: '/dev/sdf', sizeBytes: 32 * GIB }],
  })
  type('Size of /dev/sdf', '19 GiB')
  expect(screen.getByText(/a volume is never smaller than D1/)).toBeTruthy()
  expect(launch()).toHaveProperty('disabled', true)
})
