import type { StateCreator } from 'zustand/vanilla'
import type { Deletion } from '../../core/contract/deletion.ts'
import type { DeletionId } from '../../core/contract/ids.ts'
import type { WireError } from '../../core/contract/wire-error.ts'
import { plainOf } from '../words/phrase.ts'
import { wireOf } from './api.ts'
import type { AppState } from './store.ts'

/** Oldest notices go first: nobody reads more. */
const MAX_NOTICES = 20

/** Failures whose remedy is one action. */
const REMEDY_ACTIONS: Readonly<Record<string, string>> = {
  IMAGE_MISSING: 'volume.locate',
  BLOCK_DAMAGED: 'library.verify',
  SNAPSHOT_ALTERED: 'library.verify',
  SEGMENT_MISSING: 'library.verify',
  DEFAULT_KEY_DELETED: 'keys.show',
  KEYS_LOCKED: 'keys.unlock',
  KMSInvalidStateException: 'keys.show',
  PASSPHRASE_WRONG: 'keys.unlock',
  PASSPHRASE_MISSING: 'keys.setPassphrase',
}

/** Something that happened, told in a corner. */
export type Notice = {
  noticeId: number
  kind: 'done' | 'failed'
  title: string
  body: string
  /** Of a failure, to look it up or report it. */
  code?: string
  /** An action that the notice offers, by its id. */
  actionId?: string
  /** The deletion that it offers to undo, whatever was deleted since. */
  undoes?: Pick<Deletion, 'deletionId' | 'names'>
  /** Something long that people copy rather than read. */
  copyable?: string
}

export type NoticesSlice = {
  notices: readonly Notice[]
  /** For ears: the same words in a live region. Failures interrupt. */
  announcement: { text: string; isUrgent: boolean; serial: number }
  tell: (notice: Omit<Notice, 'noticeId'>) => void
  tellFailure: (error: WireError) => void
  announce: (text: string) => void
  dismiss: (noticeId: number) => void
  /** Takes back notices whose offer has been taken up elsewhere. */
  dismissOffers: (actionId: string) => void
  /** Takes back the offer to undo that deletion. Default: any. */
  dismissUndo: (deletionId?: DeletionId) => void
}

export const noticesSlice: StateCreator<AppState, [], [], NoticesSlice> = (set, get) => ({
  notices: [],
  announcement: { text: '', isUrgent: false, serial: 0 },

  tell: (notice) => {
    const noticeId = get().announcement.serial + 1
    set((state) => ({
      notices: [...state.notices, { ...notice, noticeId }].slice(-MAX_NOTICES),
      announcement: {
        text: plainOf(`${notice.title}. ${notice.body}`),
        isUrgent: notice.kind === 'failed',
        serial: state.announcement.serial + 1,
      },
    }))
  },

  tellFailure: (error) =>
    get().tell({
      kind: 'failed',
      title: error.message,
      body: error.remedy,
      code: error.code,
      actionId: REMEDY_ACTIONS[error.code],
    }),

  announce: (text) =>
    set((state) => ({
      announcement: { text, isUrgent: false, serial: state.announcement.serial + 1 },
    })),

  dismiss: (noticeId) =>
    set((state) => ({ notices: state.notices.filter((n) => n.noticeId !== noticeId) })),

  dismissOffers: (actionId) =>
    set((state) => ({ notices: state.notices.filter((n) => n.actionId !== actionId) })),

  dismissUndo: (deletionId) =>
    set((state) => ({
      notices: state.notices.filter(
        ({ undoes }) =>
          undoes === undefined || undoes.deletionId !== (deletionId ?? undoes.deletionId),
      ),
    })),
})

/** Does what the user asked for; a failure is told, not thrown. */
export const tellingFailure =
  (get: () => AppState) =>
  async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work()
    } catch (error) {
      get().tellFailure(wireOf(error))
    }
  }
