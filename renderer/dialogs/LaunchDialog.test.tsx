import { fireEvent, screen } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { keysExample } from '../state/key-example.ts'
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

it('encrypts all volumes alike, or a single one in its own way', () => {
  const launchImage = vi.fn().mockResolvedValue({})
  const keys = keysExample()
  const store = storeExample({ launchImage })
  store.setState({ library: machineLibrary(), keys })
  show(store, <LaunchDialog image={machineImage} library={machineLibrary()} />)
  expect(screen.queryByText('Each volume on its own')).toBeNull()
  fireEvent.click(screen.getByRole('checkbox', { name: 'Encrypt both volumes' }))
  expect(screen.getByText('Each volume on its own')).toBeTruthy()
  const { keyId } = keys.keys[0]!
  const asked = () => {
    fireEvent.click(launch())
    return launchImage.mock.lastCall![0].encryption
  }
  const [root, other] = [{ deviceName: '/dev/sda1' }, { deviceName: '/dev/sdf' }]
  type('/dev/sdf', keyId)
  expect(asked()).toEqual([
    { ...root, encrypted: true },
    { ...other, encrypted: true, key: keyId },
  ])
  type('/dev/sdf', 'usual')
  expect(asked()).toEqual([{ ...root, encrypted: true }, other])
  fireEvent.click(screen.getByRole('checkbox', { name: 'Encrypt both volumes' }))
  expect(asked()).toEqual([root, other])
})
