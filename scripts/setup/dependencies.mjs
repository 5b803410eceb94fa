// The npm packages of package-lock.json.
import crypto from 'node:crypto'
import fs from 'node:fs'
import { mustRun, npmCommand, SetupProblem, TO_STDERR } from '../command.mjs'
import { inPackage, inProject } from '../project.mjs'

/** @param {(line: string) => void} say */
export function installDependencies(say) {
  const stamp = inProject('node_modules', '.strata-lock')
  const lock = fs.readFileSync(inProject('package-lock.json'))
  const wanted = crypto.createHash('sha256').update(lock).digest('hex')
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === wanted) return
  assertOwnFolder()
  say('installing the npm packages (npm ci)')
  // No install scripts: better-sqlite3's would want python3, and setup does what the rest need.
  // Errors only: npm warns of packages that ask for a newer Node than they run on.
  const npm = npmCommand(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'])
  mustRun(npm.command, npm.args, { stdio: TO_STDERR })
  keepOwnNode()
  fs.writeFileSync(stamp, wanted)
}

/** `npm ci` begins by emptying the folder: through a link it would empty another project's. */
function assertOwnFolder() {
  const folder = inProject('node_modules')
  const isLink = fs.lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink() === true
  if (isLink) throw new SetupProblem(`${folder} is a link: remove it, so that it can be made here`)
}

/**
 * The package of Electron's current Node puts a `node` where npm looks first: every script and
 * `npx` would run under it instead of the machine's own, which is what people use.
 */
export function keepOwnNode() {
  fs.rmSync(inPackage('.bin', 'node'), { force: true })
}
