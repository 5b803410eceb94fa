import type { StateCreator } from 'zustand/vanilla'
import type { Input, Output } from '../../core/contract/calls.ts'
import {
  type ImageId,
  type InstanceId,
  RegionName,
  type VolumeId,
} from '../../core/contract/ids.ts'
import type { Image } from '../../core/contract/image.ts'
import type { Instance } from '../../core/contract/instance.ts'
import type { Grantee } from '../../core/contract/sharing.ts'
import type { WireError } from '../../core/contract/wire-error.ts'
import { type World, wireOf } from './api.ts'
import type { SealWish } from './keys.ts'
import { tellingFailure } from './notices.ts'
import type { AppState } from './store.ts'
import { snapshotsOfTree } from './tree.ts'

/** An image or an instance that the inspector shows. */
export type ShownMachine =
  | { kind: 'image'; id: ImageId }
  | { kind: 'instance'; id: InstanceId }
  | null

/** What deregistering with the snapshots would do, while it is asked about. */
export type Deregistration =
  | { step: 'none' }
  | { step: 'asking'; imageId: ImageId }
  | { step: 'planned'; imageId: ImageId; plan: Output<'planDeregistration'> }
  | { step: 'failed'; imageId: ImageId; error: WireError }

export type ImagesSlice = {
  shownMachine: ShownMachine
  deregistration: Deregistration
  /** Also shows the volume that it boots from, or `at`, so that its frame is seen. */
  showImage: (imageId: ImageId, at?: VolumeId) => void
  showInstance: (instanceId: InstanceId) => void
  createInstance: (wish: Input<'createInstance'>) => Promise<void>
  attachVolume: (wish: Input<'attachVolume'>) => Promise<void>
  detachVolume: (volumeId: VolumeId) => Promise<void>
  snapshotInstance: (wish: Input<'createSnapshots'>) => Promise<void>
  removeInstance: (instanceId: InstanceId) => Promise<void>
  createImage: (wish: Input<'createImage'>) => Promise<void>
  launchImage: (wish: Input<'launchImage'>) => Promise<void>
  registerImage: (wish: Input<'registerImage'>) => Promise<void>
  /** @param to its region, which is added first where it is new */
  copyImage: (
    imageId: ImageId,
    to: { region: string; isNew: boolean },
    name: string,
    seal: SealWish,
  ) => Promise<void>
  /** @param withKeys shares the keys of its encrypted snapshots as well */
  changeLaunchPermission: (
    imageId: ImageId,
    operation: 'add' | 'remove',
    grantee: Grantee,
    withKeys?: boolean,
  ) => Promise<void>
  planDeregistration: (imageId: ImageId) => Promise<void>
  deregisterImage: (imageId: ImageId, deletesSnapshots: boolean) => Promise<void>
}

export const imagesSlice =
  (engine: World['engine']): StateCreator<AppState, [], [], ImagesSlice> =>
  (set, get) => {
    const tryTo = tellingFailure(get)
    return {
      shownMachine: null,
      deregistration: { step: 'none' },

      showImage: (id, at) => {
        if (at !== undefined) get().showVolume(at)
        const { library, volumeId } = get()
        const image = library?.images.find(({ imageId }) => imageId === id)
        const mapped = library?.snapshots.filter((s) => isMappedBy(image, s.snapshotId)) ?? []
        const isSeen =
          library !== null &&
          volumeId !== null &&
          snapshotsOfTree(library, volumeId).some((s) => mapped.includes(s))
        if (!isSeen && mapped[0] !== undefined) get().showVolume(mapped[0].volumeId)
        set({ selection: [], hoverId: null, shownMachine: { kind: 'image', id } })
      },

      showInstance: (id) => {
        const instance = get().library?.instances.find(({ instanceId }) => instanceId === id)
        const [first] = instance?.attachments ?? []
        if (first !== undefined) get().showVolume(first.volumeId)
        set({ selection: [], hoverId: null, shownMachine: { kind: 'instance', id } })
      },

      createInstance: (wish) =>
        tryTo(async () => {
          const { instanceId } = await engine.createInstance(wish)
          get().showInstance(instanceId)
        }),
      attachVolume: (wish) =>
        tryTo(async () => {
          await engine.attachVolume(wish)
          get().showInstance(wish.instanceId)
        }),
      detachVolume: (volumeId) => tryTo(() => engine.detachVolume({ volumeId })),
      snapshotInstance: (wish) => tryTo(() => engine.createSnapshots(wish)),
      removeInstance: (instanceId) => tryTo(() => engine.removeInstance({ instanceId })),

      createImage: (wish) =>
        tryTo(async () => {
          const { jobId, imageId } = await engine.createImage(wish)
          const { state } = await engine.awaitJob({ jobId })
          if (state !== 'done') return
          get().showImage(imageId)
        }),
      launchImage: (wish) =>
        tryTo(async () => {
          const { result } = await engine.awaitJob(await engine.launchImage(wish))
          if (result?.kind !== 'instance') return
          get().showInstance(result.instanceId)
        }),

      registerImage: (wish) =>
        tryTo(async () => {
          const { imageId } = await engine.registerImage(wish)
          get().showImage(imageId)
        }),
      copyImage: (imageId, { region, isNew }, name, seal) =>
        tryTo(async () => {
          if (isNew) await engine.addRegion({ name: region })
          const to = { region: RegionName.parse(region), name, ...seal }
          const begun = await engine.copyImage({ imageId, ...to })
          const { state } = await engine.awaitJob({ jobId: begun.jobId })
          if (state === 'done') get().showImage(begun.imageId)
        }),
      changeLaunchPermission: (imageId, operation, grantee, withKeys = false) =>
        tryTo(() =>
          engine.modifyImagePermissions({
            imageId,
            operation,
            accounts: grantee === 'all' ? [] : [grantee],
            all: grantee === 'all',
            withKeys,
          }),
        ),

      planDeregistration: async (imageId) => {
        const asked: Deregistration = { step: 'asking', imageId }
        const settle = (next: Deregistration) => {
          if (get().deregistration === asked) set({ deregistration: next })
        }
        set({ deregistration: asked })
        try {
          settle({ step: 'planned', imageId, plan: await engine.planDeregistration({ imageId }) })
        } catch (error) {
          settle({ step: 'failed', imageId, error: wireOf(error) })
        }
      },

      deregisterImage: (imageId, deletesSnapshots) =>
        tryTo(async () => {
          const { deregistration } = get()
          const isPlanned = deregistration.step === 'planned' && deregistration.imageId === imageId
          const deleteSnapshots =
            deletesSnapshots && isPlanned
              ? { revision: deregistration.plan.revision, undoableMs: get().undoableMs }
              : null
          await engine.deregisterImage({ imageId, deleteSnapshots })
        }),
    }
  }

export function isMappedBy(image: Image | undefined, snapshotId: string): boolean {
  return image?.mappings.some((mapping) => mapping.snapshotId === snapshotId) === true
}

/** The image that is shown, as long as it is there. */
export function shownImage({ library, shownMachine }: AppState): Image | undefined {
  if (shownMachine?.kind !== 'image') return undefined
  return library?.images.find(({ imageId }) => imageId === shownMachine.id)
}

/** The instance that is shown, as long as it is there. */
export function shownInstance({ library, shownMachine }: AppState): Instance | undefined {
  if (shownMachine?.kind !== 'instance') return undefined
  return library?.instances.find(({ instanceId }) => instanceId === shownMachine.id)
}
