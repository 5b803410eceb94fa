import { styleNonce } from './page-rules.ts'
import '@fontsource-variable/inter/wght.css'
import '@mantine/core/styles.layer.css'
import '@mantine/notifications/styles.layer.css'
import '@mantine/spotlight/styles.layer.css'
import './ui/tokens.css'
import './ui/base.css'
import './ui/controls.css'
import './ui/forced-colors.css'
import { MantineProvider } from '@mantine/core'
import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'
import { runAction } from './actions/all.ts'
import { followKeys } from './actions/keyboard.ts'
import { reportActions } from './actions/report.ts'
import { worldOf } from './state/api.ts'
import { StoreContext } from './state/context.ts'
import { followEngine } from './state/events.ts'
import { rememberChoices } from './state/remembered.ts'
import { createAppStore } from './state/store.ts'
import { cssVariables, followSystem, theme } from './theme.ts'
import { isMac } from './ui/platform.ts'

const store = createAppStore(worldOf(window.strata))
rememberChoices(store, window.localStorage, window.innerWidth)
followEngine(window.strata, store, (id) => runAction(id, store.getState()))
followKeys(store, isMac)
reportActions(store)

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
createRoot(root).render(
  <MantineProvider
    colorSchemeManager={followSystem}
    cssVariablesResolver={cssVariables}
    defaultColorScheme="auto"
    getStyleNonce={() => styleNonce}
    theme={theme}
  >
    <StoreContext value={store}>
      <App />
    </StoreContext>
  </MantineProvider>,
)
