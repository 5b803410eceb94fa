import { expect, it } from 'vitest'
import { AccountId } from '../../core/contract/account.ts'
import { Instance } from '../../core/contract/instance.ts'
import type { Key } from '../../core/contract/keys.ts'
import type { LibraryView } from '../../core/contract/model.ts'
import { keysExample, sealedLibrary } from '../state/key-example.ts'
import { id } from '../state/library-example.ts'
import { dependentsOf, goingOnWords, keyMarkOf } from './key-words.ts'

const library = sealedLibrary()
const [plain, sealed] = [id('a'), id('b')].map(
  (wanted) => library.snapshots.find(({ snapshotId }) => snapshotId === wanted)!,
)
const markWith = (key: Partial<Key>) => keyMarkOf(library, keysExample({}, key), sealed!)

it('what is encrypted says with which key, and what is in the way of reading it', () => {
  expect(keyMarkOf(library, keysExample(), plain!)).toBeNull()
  expect(markWith({})).toMatchObject({ standing: 'usable', label: 'Encrypted with backups' })
  expect(markWith({ state: 'disabled' })).toMatchObject({
    standing: 'refused',
    label: 'Encrypted with backups, which is disabled',
    actionId: 'key.enable',
  })
  expect(markWith({ state: 'pending-import' })?.label).toMatch(/whose material is missing$/)
  const goes = markWith({ state: 'pending-deletion', deletedAt: Date.UTC(2030, 0, 5, 12) })
  expect(goes?.label).toMatch(/to be deleted, gone for good on 5 Jan 2030/)
  expect(keyMarkOf(library, keysExample({ keys: [] }), sealed!)?.label).toMatch(/was deleted$/)
})

it('what is held for a volume on an instance is readable for as long as that, and no longer', () => {
  const { encryption } = sealed!
  const volume = { ...library.volumes[0]!, encryption }
  const markOf = (key: Partial<Key>, heldVolumeIds = [volume.volumeId]) =>
    keyMarkOf(library, keysExample({ heldVolumeIds }, key), volume)
  expect(markOf({ state: 'disabled' })).toEqual({
    standing: 'usable',
    label: 'Encrypted with backups, which is disabled',
    remedy:
      'It can still be read and written while it is on an instance, until the library is closed or its keys are locked. No snapshot of it is taken.',
    actionId: 'key.enable',
  })
  expect(markOf({ state: 'disabled' }, [])?.standing).toBe('refused')
  expect(markOf({})).toEqual({ standing: 'usable', label: 'Encrypted with backups', remedy: '' })
  const gone = keysExample({ heldVolumeIds: [volume.volumeId], keys: [] })
  expect(keyMarkOf(library, gone, volume)?.remedy).toMatch(/Then nobody can read it\.$/)
  // A snapshot of that volume needs the key itself.
  expect(keyMarkOf(library, gone, { ...sealed!, volumeId: volume.volumeId })?.standing).toBe(
    'refused',
  )

  const [key] = keysExample().keys
  const instance = Instance.parse({
    ...{ instanceId: 'i-00000000000000001', name: 'shop', imageId: null, createdAt: 0 },
    ...{ ownerId: volume.ownerId, region: volume.region },
    ...{ instanceType: 't3.micro', securityGroups: [], keyPair: null },
    attachments: [
      {
        ...{ deviceName: '/dev/sda', volumeId: volume.volumeId },
        isRoot: true,
        deleteOnTermination: false,
      },
    ],
  })
  const inUse = { ...library, volumes: [volume], instances: [instance] }
  const words = (view: LibraryView, state: 'open' | 'locked') =>
    goingOnWords(view, keysExample({ vault: { ...keysExample().vault, state } }), key!)
  expect(words(inUse, 'open')).toBe(
    'While on an instance, web can still be read and written until the library is closed or its keys are locked.',
  )
  expect([words(library, 'open'), words(inUse, 'locked')]).toEqual([null, null])
})

it('locked keys are told apart from those that the system opens by itself', () => {
  const standing = (isKeptBySystem: boolean) =>
    keyMarkOf(
      library,
      keysExample({ vault: { state: 'locked', isKeptBySystem, recoveryKeyMadeAt: null } }),
      sealed!,
    )?.standing
  expect([standing(false), standing(true)]).toEqual(['locked', 'usable'])
})

it('a key of another account has no state here: it is shared or it is not', () => {
  const ownerId = AccountId.parse('444455556666')
  const foreign = { ...sealed!, ownerId }
  const { keyId } = foreign.encryption!
  const { region } = foreign
  const shared = keysExample({ keys: [], sharedKeys: [{ keyId, accountId: ownerId, region }] })
  expect(keyMarkOf(library, shared, foreign)).toMatchObject({
    standing: 'usable',
    label: 'Encrypted with a key of account 444455556666',
  })
  expect(keyMarkOf(library, keysExample({ keys: [] }), foreign)).toMatchObject({
    standing: 'refused',
    label: 'Encrypted with a key of account 444455556666, which is not shared with you',
    remedy: 'Nothing can be made of it until its owner shares the key, too.',
  })
})

it('what depends on a key is named, or counted where others have some of it', () => {
  const [key] = keysExample().keys
  expect(dependentsOf(library, key!)).toBe('B')
  expect(dependentsOf(library, { ...key!, snapshotCount: 3 })).toBe('3 snapshots')
  expect(dependentsOf(library, { ...key!, snapshotCount: 0 })).toBeNull()
})
