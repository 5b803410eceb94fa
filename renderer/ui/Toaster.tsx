import { Notifications, notifications } from '@mantine/notifications'
import { CircleAlert, CircleCheck } from 'lucide-react'
import { useEffect } from 'react'
import { actionById, runAction } from '../actions/all.ts'
import { useApp, useAppStore } from '../state/context.ts'
import type { Notice } from '../state/notices.ts'
import type { AppStore } from '../state/store.ts'
import { Button } from './Button.tsx'
import { CopyButton } from './CopyButton.tsx'
import './toaster.css'

const DONE_MS = 10_000

/** Shows notices in turn. Failures stay until they are closed. */
export function Toaster() {
  const store = useAppStore()
  const notices = useApp((state) => state.notices)
  useEffect(() => {
    for (const notice of notices) {
      const id = String(notice.noticeId)
      notifications.show({
        id,
        autoClose: notice.kind === 'done' ? DONE_MS : false,
        className: 'toast',
        color: notice.kind === 'done' ? 'var(--text)' : 'var(--danger)',
        icon: notice.kind === 'done' ? <CircleCheck size={18} /> : <CircleAlert size={18} />,
        message: <Body notice={notice} store={store} />,
        onClose: () => store.getState().dismiss(notice.noticeId),
        // The live region says it already.
        role: 'group',
        title: notice.title,
        closeButtonProps: { 'aria-label': 'Close this notice' },
      })
    }
  }, [notices, store])
  return <Notifications aria-label="Notices" limit={4} position="bottom-center" role="region" />
}

function Body({ notice, store }: { notice: Notice; store: AppStore }) {
  const { actionId } = notice
  const offered = actionId === undefined ? undefined : actionById(actionId)
  return (
    <>
      <p className="selectable">{notice.body}</p>
      {(offered || notice.copyable || notice.code) && (
        <div className="toast-actions">
          {offered && (
            <Button
              onClick={() => {
                store.getState().dismiss(notice.noticeId)
                notifications.hide(String(notice.noticeId))
                runAction(offered.id, store.getState())
              }}
            >
              {offered.id === 'undo' ? 'Undo' : offered.title(store.getState())}
            </Button>
          )}
          {notice.copyable && <CopyButton label="Copy SHA-256" text={notice.copyable} />}
          {notice.code && (
            <CopyButton
              label={`Copy ${notice.code}`}
              text={`${notice.code}: ${notice.title} ${notice.body}`}
            />
          )}
        </div>
      )}
    </>
  )
}
