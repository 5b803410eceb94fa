import { Menu } from '@mantine/core'
import { Ellipsis } from 'lucide-react'
import type { Key } from '../../core/contract/keys.ts'
import { useApp } from '../state/context.ts'
import type { Dialog } from '../state/dialogs.ts'
import { Button } from '../ui/Button.tsx'

/** What can be done with a key as it is; Strata's own is not changed by hand. */
export function KeyMenu({ keyOf: key, back }: { keyOf: Key; back: Dialog }) {
  const makeDefault = useApp((state) => state.makeDefault)
  const canBeDefault = !key.isDefault && key.state === 'enabled'
  const isOwn = key.manager === 'account'
  if (!isOwn && !canBeDefault) return null
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <Button aria-label={`Change key ${key.name}`} icon={<Ellipsis size={16} />} tone="ghost" />
      </Menu.Target>
      <Menu.Dropdown>
        {canBeDefault && (
          <Menu.Item onClick={() => void makeDefault(isOwn ? key : null)}>Make default</Menu.Item>
        )}
        {isOwn && <OwnKeyItems back={back} keyOf={key} />}
      </Menu.Dropdown>
    </Menu>
  )
}

/** Of a key that somebody made. */
function OwnKeyItems({ keyOf: key, back }: { keyOf: Key; back: Dialog }) {
  const openDialog = useApp((state) => state.openDialog)
  const change = useApp((state) => state.changeKey)
  const bring = useApp((state) => state.bringMaterial)
  const { keyId, state, origin } = key
  const isImported = origin === 'imported'
  const ask = (kind: 'shareKey' | 'disableKey' | 'removeMaterial' | 'deleteKey') => () =>
    openDialog({ kind, keyId, back })
  return (
    <>
      <Menu.Item onClick={ask('shareKey')}>Share…</Menu.Item>
      {state === 'enabled' && !isImported && (
        <Menu.Item onClick={() => void change('rotateKey', key)}>Rotate</Menu.Item>
      )}
      {state === 'enabled' && <Menu.Item onClick={ask('disableKey')}>Disable…</Menu.Item>}
      {state === 'disabled' && (
        <Menu.Item onClick={() => void change('enableKey', key)}>Enable</Menu.Item>
      )}
      {state === 'pending-import' && (
        <Menu.Item onClick={() => void bring(key)}>Bring its material…</Menu.Item>
      )}
      {isImported && (state === 'enabled' || state === 'disabled') && (
        <Menu.Item onClick={ask('removeMaterial')}>Take its material away…</Menu.Item>
      )}
      {state === 'pending-deletion' ? (
        <Menu.Item onClick={() => void change('cancelKeyDeletion', key)}>Cancel deletion</Menu.Item>
      ) : (
        <Menu.Item onClick={ask('deleteKey')}>Delete…</Menu.Item>
      )}
    </>
  )
}
