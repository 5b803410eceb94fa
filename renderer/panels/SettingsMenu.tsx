import { Menu } from '@mantine/core'
import { Settings2 } from 'lucide-react'
import { accountLabel, currentAccount, hasAccounts } from '../state/accounts.ts'
import { useApp, useAppStore } from '../state/context.ts'
import { hasRegions } from '../state/lanes.ts'
import { UNDOABLE_CHOICES_MS } from '../state/preferences.ts'
import { Button } from '../ui/Button.tsx'
import { formatSpan } from '../words/time-format.ts'
import { ActionItem } from './ActionItem.tsx'

/** Choices of the window, and what is done to a library as a whole. */
export function SettingsMenu() {
  const theme = useApp((state) => state.shell?.theme ?? 'system')
  const setTheme = useApp((state) => state.setTheme)
  const store = useAppStore()
  const hasReport = useApp((state) => state.verifyReport !== null)
  const report = hasReport ? ['library.verifyReport'] : []
  const upkeep = ['library.verify', 'library.verifyDeep', ...report, 'library.reclaim']
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <Button aria-label="Settings and library" icon={<Settings2 size={16} />} tone="ghost" />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Theme</Menu.Label>
        <Menu.RadioGroup
          onChange={(value) => {
            if (value === 'system' || value === 'light' || value === 'dark') void setTheme(value)
          }}
          value={theme}
        >
          <Menu.RadioItem value="system">As the system</Menu.RadioItem>
          <Menu.RadioItem value="light">Light</Menu.RadioItem>
          <Menu.RadioItem value="dark">Dark</Menu.RadioItem>
        </Menu.RadioGroup>
        <Menu.Divider />
        <UndoTime />
        <Menu.Divider />
        <CostChoice />
        <ActionItem actionId="prices.show" store={store} />
        <Menu.Divider />
        <Menu.Label>Library</Menu.Label>
        {['library.open', 'library.new', 'library.practice'].map((id) => (
          <ActionItem actionId={id} key={id} store={store} />
        ))}
        <Menu.Divider />
        <RegionChoice />
        <ActionItem actionId="region.add" store={store} />
        <Menu.Divider />
        <AccountChoice />
        <ActionItem actionId="account.add" store={store} />
        <ActionItem actionId="account.publicAccess" store={store} />
        <Menu.Divider />
        <ActionItem actionId="keys.show" store={store} />
        <ActionItem actionId="bin.show" store={store} />
        <ActionItem actionId="bin.rules" store={store} />
        <ActionItem actionId="policies.show" store={store} />
        <Menu.Divider />
        {upkeep.map((id) => (
          <ActionItem actionId={id} key={id} store={store} />
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

/** Where new volumes are made; nothing to choose while there is one region. */
function RegionChoice() {
  const library = useApp((state) => state.library)
  const workIn = useApp((state) => state.workIn)
  if (library === null || !hasRegions(library)) return null
  return (
    <>
      <Menu.Label>New volumes are made in</Menu.Label>
      <Menu.RadioGroup
        onChange={(value) => void workIn(String(value))}
        value={library.regions.find((region) => region.isCurrent)?.name}
      >
        {library.regions.map(({ name }) => (
          <Menu.RadioItem key={name} value={name}>
            {name}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </>
  )
}

/** As whom the library is seen; nothing to choose while there is one account. */
function AccountChoice() {
  const library = useApp((state) => state.library)
  const goTo = useApp((state) => state.goToAccount)
  if (library === null || !hasAccounts(library)) return null
  const { accounts } = library
  return (
    <>
      <Menu.Label>Seen as</Menu.Label>
      <Menu.RadioGroup
        onChange={(value) => {
          const chosen = accounts.find(({ accountId }) => accountId === value)
          if (chosen !== undefined) void goTo(chosen.accountId)
        }}
        value={currentAccount(library)?.accountId}
      >
        {accounts.map((account) => (
          <Menu.RadioItem key={account.accountId} value={account.accountId}>
            {accountLabel(account)}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </>
  )
}

function CostChoice() {
  const shows = useApp((state) => state.showsCosts)
  const choose = useApp((state) => state.setShowsCosts)
  return (
    <Menu.CheckboxItem checked={shows} onChange={choose}>
      Show costs a month
    </Menu.CheckboxItem>
  )
}

function UndoTime() {
  const undoableMs = useApp((state) => state.undoableMs)
  const choose = useApp((state) => state.setUndoableMs)
  return (
    <>
      <Menu.Label>Deletions can be undone for</Menu.Label>
      <Menu.RadioGroup onChange={(value) => choose(Number(value))} value={String(undoableMs)}>
        {UNDOABLE_CHOICES_MS.map((ms) => (
          <Menu.RadioItem key={ms} value={String(ms)}>
            {formatSpan(ms)}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </>
  )
}
