import { Notifications, notifications } from '@mantine/notifications'
import { CircleAlert, CircleCheck } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { DeletionId } from '../../core/contract/ids.ts'
import { actionById, runAction } from '../actions/all.ts'
import { useApp, useAppStore } from '../state/context.ts'
import type { Notice } from '../state/notices.ts'
import type { AppStore } from '../state/store.ts'
import { joinNames } from '../words/names.ts'
import { Button } from './Button.tsx'
import { Commands } from './Commands.tsx'
import { CopyButton } from './CopyButton.tsx'
import './toaster.css'

const DONE_MS = 10_000
/** What is asked in front of the window is never covered; Mantine's dialogs are at 200. */
const BELOW_DIALOGS = 190

/** Shows notices and takes them away as the state says. Failures stay until they are closed. */
export function Toaster() {
  const store = useAppStore()
  const notices = useApp((state) => state.notices)
  const shown = useRef(new Set<number>())
  useEffect(() => {
    const wanted = new Set(notices.map((notice) => notice.noticeId))
    for (const noticeId of shown.current) {
      if (!wanted.has(noticeId)) notifications.hide(String(noticeId))
    }
    for (const notice of notices) {
      if (!shown.current.has(notice.noticeId)) show(notice, store)
    }
    shown.current = wanted
  }, [notices, store])
  return (
    <section aria-label="Notices">
      <Notifications
        limit={4}
        position="bottom-center"
        withinPortal={false}
        zIndex={BELOW_DIALOGS}
      />
    </section>
  )
}

function show(notice: Notice, store: AppStore): void {
  const isDone = notice.kind === 'done'
  notifications.show({
    id: String(notice.noticeId),
    autoClose: isDone ? DONE_MS : false,
    className: 'toast',
    color: isDone ? 'var(--text)' : 'var(--danger)',
    icon: isDone ? <CircleCheck size={18} /> : <CircleAlert size={18} />,
    message: <Body notice={notice} store={store} />,
    onClose: () => store.getState().dismiss(notice.noticeId),
    // The live region says it already.
    role: 'group',
    title: notice.title,
    closeButtonProps: { 'aria-label': 'Close this notice' },
  })
}

function Body({ notice, store }: { notice: Notice; store: AppStore }) {
  const { actionId, undoes, copyable, code } = notice
  const offered = actionId === undefined ? undefined : actionById(actionId)
  const undo = (deletionId: DeletionId) => {
    const { notices, dismiss, undoDeletion } = store.getState()
    // The button is still there while the notice leaves.
    if (!notices.includes(notice)) return
    dismiss(notice.noticeId)
    void undoDeletion(deletionId)
  }
  return (
    <>
      <p className="selectable">
        <Commands>{notice.body}</Commands>
      </p>
      {(offered || undoes || copyable || code) && (
        <div className="toast-actions">
          {offered && (
            <Button onClick={() => runAction(offered.id, store.getState())}>
              {offered.title(store.getState())}
            </Button>
          )}
          {undoes && (
            <Button onClick={() => undo(undoes.deletionId)}>
              Undo delete {joinNames(undoes.names)}
            </Button>
          )}
          {copyable && <CopyButton label="Copy SHA-256" text={copyable} />}
          {code && (
            <CopyButton label={`Copy ${code}`} text={`${code}: ${notice.title} ${notice.body}`} />
          )}
        </div>
      )}
    </>
  )
}
