import { app } from 'electron'
import { ownArguments, readArguments } from './arguments.ts'
import { runDemo } from './demo.ts'
import { denyNavigation } from './permissions.ts'
import { registerPageScheme } from './protocol.ts'
import { runApp } from './run.ts'
import { SecondStarts } from './second-starts.ts'

/** The entry: what must be said before Electron is ready, then the app or its demo. */

// Root has to start Chromium without a sandbox; then this would only keep its processes from starting.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
registerPageScheme()
denyNavigation(app)
// Nothing is fetched, reported or updated behind anyone's back.
app.commandLine.appendSwitch('disable-background-networking')
app.commandLine.appendSwitch('disable-component-update')

const wish = readArguments(ownArguments(process.argv, app.isPackaged), process.cwd())

if (wish.isDemo) void runDemo(wish)
else if (app.requestSingleInstanceLock(wish)) void runApp(wish, new SecondStarts(app))
else app.quit() // the instance that runs has been handed the wish
