import { expect, test } from 'vitest'
import { VolumeId } from '../contract/ids.ts'
import { HeldKeys } from './held-keys.ts'

const [FIRST, SECOND] = ['vol-00000000000000001', 'vol-00000000000000002'].map((id) =>
  VolumeId.parse(id),
) as [VolumeId, VolumeId]

test('a key is held for one volume alone, and wiped when that lets go of it', () => {
  const keys = new HeldKeys()
  const bytes = [1, 2, 3].map((byte) => new Uint8Array(32).fill(byte))
  keys.hold(FIRST, 1, bytes[0]!)
  keys.hold(FIRST, 7, bytes[1]!)
  keys.hold(SECOND, 7, bytes[2]!)
  expect(keys.of(SECOND, 1)).toBeUndefined()
  keys.letGo(FIRST, 1)
  expect(keys.of(FIRST, 1)?.every((byte) => byte === 1)).toBe(true)
  expect(keys.of(FIRST, 7)).toBeUndefined()
  expect(bytes[1]).toEqual(new Uint8Array(32))
  expect(keys.of(SECOND, 7)?.every((byte) => byte === 3)).toBe(true)
  keys.letGoOfAll()
  expect(bytes).toEqual(bytes.map(() => new Uint8Array(32)))
})
