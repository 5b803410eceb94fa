import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type CallName, callNames, calls } from '../contract/calls.ts'
import { type InstanceId, JobId, type SnapshotId, type VolumeId } from '../contract/ids.ts'
import type { Scene } from '../engine/testing/scene.ts'
import { as, OTHER, share, twoSnapshots } from './testing/sharing-scene.ts'

type Schema = {
  type?: string
  pattern?: string
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  minimum?: number
  items?: Schema
  minItems?: number
  properties?: Record<string, Schema>
  required?: string[]
}
type Ids = { snapshotId: SnapshotId; volumeId: VolumeId; instanceId: InstanceId }

/** All that a grantee may do with a snapshot: reading. An entry here is the only way to add one. */
const READING: readonly CallName[] = [
  'awaitSnapshot',
  'copySnapshot',
  'createVolumeFromSnapshot',
  'describeSnapshots',
  'diffSnapshots',
  'listSharing',
  'planCopy',
  'restoreToFile',
  'sampleCore',
]

/** What a grantee may change: nothing that its owner sees. */
const OWN: readonly CallName[] = ['setTags']

/** The least that a request takes, with these ids wherever it takes one. */
function inputFor(name: CallName, scene: Scene, ids: Ids): unknown {
  const valueFor = (schema: Schema, key: string): unknown => {
    if (key === 'file') return scene.path(`reached by ${name}`)
    if (key === 'region') return 'local'
    if (schema.pattern?.startsWith('^snap-')) return ids.snapshotId
    if (schema.pattern?.startsWith('^vol-')) return ids.volumeId
    if (schema.pattern?.startsWith('^i-')) return ids.instanceId
    if (schema.const !== undefined) return schema.const
    if (schema.enum !== undefined) return schema.enum[0]
    if (schema.anyOf !== undefined) return valueFor(schema.anyOf[0]!, key)
    if (schema.type === 'array') return [valueFor(schema.items!, key)]
    if (schema.type === 'boolean') return false
    if (schema.type === 'object') return objectOf(schema)
    if (schema.type === 'string') return `reached by ${name}`
    return Math.max(1, schema.minimum ?? 1)
  }
  const objectOf = ({ properties = {}, required = [] }: Schema): unknown => {
    const isGiven = (key: string, schema: Schema) =>
      required.includes(key) || /\^(snap|vol|i)-/.test(JSON.stringify(schema))
    const given = Object.entries(properties).filter(([key, schema]) => isGiven(key, schema))
    return Object.fromEntries(given.map(([key, schema]) => [key, valueFor(schema, key)]))
  }
  return objectOf(z.toJSONSchema(calls[name].input, { io: 'input' }) as Schema)
}

/** As in EBS a copy of what is not there is begun, and fails. */
async function isDone(scene: Scene, { jobId }: { jobId?: string }): Promise<boolean> {
  return (await scene.engine.awaitJob({ jobId: JobId.parse(jobId) })).state === 'done'
}

/** Every request about a snapshot, a volume or an instance. @returns those that were granted */
async function tryAll(scene: Scene, ids: Ids): Promise<CallName[]> {
  const granted: CallName[] = []
  for (const name of callNames) {
    const input = inputFor(name, scene, ids)
    if (!/"(snap|vol|i)-/.test(JSON.stringify(input))) continue
    const request = scene.engine[name] as (input: unknown) => Promise<{ jobId?: string }>
    try {
      const answer = await request(input)
      if (answer.jobId === undefined || (await isDone(scene, answer))) granted.push(name)
    } catch (error) {
      expect(error, name).toHaveProperty('code')
    }
  }
  return granted
}

/** All that its owner sees of it, but for how often it has changed. */
async function owned(scene: Scene) {
  const {
    revision: _,
    accounts: __,
    physicalBytes: ___,
    regions: ____,
    ...view
  } = await scene.view()
  return view
}

/** What the first account has: two snapshots, their volume, and an instance. */
async function filled() {
  const { scene, a, volumeId } = await twoSnapshots()
  const { instanceId } = await scene.engine.createInstance({ name: 'web' })
  return { scene, ids: { snapshotId: a, volumeId, instanceId } }
}

describe('an account', () => {
  it('reaches nothing of another’s by any request', async () => {
    const { scene, ids } = await filled()
    const before = await owned(scene)
    await as(scene, OTHER, async () => {
      expect(await tryAll(scene, ids)).toEqual([])
      const owners = (await scene.view()).snapshots.map(({ ownerId, state }) => [ownerId, state])
      expect(owners).toEqual([[OTHER, 'error']])
    })
    expect(await owned(scene)).toEqual(before)
  })

  it('F32: only reads what is shared with it, and never the volume', async () => {
    const { scene, ids } = await filled()
    await share(scene, ids.snapshotId, OTHER)
    const before = await owned(scene)
    await as(scene, OTHER, async () => {
      const granted = await tryAll(scene, ids)
      expect(granted.filter((name) => !READING.includes(name))).toEqual(OWN)
      expect(granted).toEqual(
        expect.arrayContaining(['copySnapshot', 'createVolumeFromSnapshot', 'restoreToFile']),
      )
    })
    expect(await owned(scene)).toEqual(before)
  })

  it('may ask all of that of its own', async () => {
    const { scene, ids } = await filled()
    const granted = await tryAll(scene, ids)
    expect(granted).toEqual(
      expect.arrayContaining(['renameSnapshot', 'planDeletion', 'listPermissions', 'removeVolume']),
    )
  })
})
