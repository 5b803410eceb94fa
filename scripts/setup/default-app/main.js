// What Electron runs when it is given the path of an app: the stand-in Electron has none of its own.
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { app } from 'electron'

const { target, preloads } = readArguments(process.argv.slice(1))
if (target === undefined) {
  console.error('usage: electron [options] PATH-OF-APP')
  process.exit(1)
}
process.defaultApp = true
const require = createRequire(import.meta.url)
for (const module of preloads) require(require.resolve(module, { paths: [process.cwd()] }))
await import(pathToFileURL(entryOf(path.resolve(target))).href)

/** @param {string[]} args @returns {{ target?: string, preloads: string[] }} */
function readArguments(args) {
  const preloads = []
  for (let at = 0; at < args.length; at++) {
    const arg = args[at]
    if (arg === '-v' || arg === '--version') answer(`v${process.versions.electron}`)
    else if (arg === '-a' || arg === '--abi') answer(process.versions.modules)
    else if (arg === '-r' || arg === '--require') preloads.push(args[++at])
    else if (arg.startsWith('--require=')) preloads.push(arg.slice('--require='.length))
    else if (arg === '--') return { target: args[at + 1], preloads }
    else if (!arg.startsWith('-')) return { target: arg, preloads }
  }
  return { preloads }
}

/** @param {string} line */
function answer(line) {
  console.log(line)
  process.exit(0)
}

/** Tells Electron whose app this is, as the packaged app's own package.json would. */
function entryOf(target) {
  if (!fs.statSync(target).isDirectory()) {
    app.setAppPath(path.dirname(target))
    return target
  }
  const manifest = JSON.parse(fs.readFileSync(path.join(target, 'package.json'), 'utf8'))
  app.name = manifest.productName ?? manifest.name ?? app.name
  if (manifest.version) app.setVersion(manifest.version)
  if (manifest.desktopName) app.setDesktopName(manifest.desktopName)
  app.setAppPath(target)
  const entry = path.resolve(target, manifest.main ?? 'index.js')
  if (fs.existsSync(entry)) return entry
  console.error(`There is no ${entry}: the app is not built yet.`)
  process.exit(1)
}
