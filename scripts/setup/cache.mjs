// What is made once per machine and used by every clone: in ~/.cache/strata, or STRATA_CACHE.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

export const cacheFolder = () =>
  process.env.STRATA_CACHE ??
  path.join(process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'), 'strata')

/**
 * The cached folder `name`; made by `fill` when it is not there. It gets its name only when it is
 * whole, so an interrupted run leaves nothing half made, and two runs at once do no harm.
 *
 * @param {string} name
 * @param {(folder: string) => Promise<void>} fill
 */
export async function cached(name, fill) {
  const folder = path.join(cacheFolder(), name)
  if (fs.existsSync(folder)) return folder
  fs.mkdirSync(cacheFolder(), { recursive: true })
  sweepUnfinished(name)
  const unfinished = fs.mkdtempSync(`${folder}.part-`)
  try {
    await fill(unfinished)
    fs.chmodSync(unfinished, 0o755) // mkdtemp's 0700 would keep other users out
    try {
      fs.renameSync(unfinished, folder)
    } catch (error) {
      if (!fs.existsSync(folder)) throw error // otherwise another run was first
    }
  } finally {
    fs.rmSync(unfinished, { recursive: true, force: true })
  }
  return folder
}

const ABANDONED_AFTER_MS = 60 * 60_000 // nothing that is cached takes an hour to make

/** What runs left that were killed. @param {string} name */
function sweepUnfinished(name) {
  for (const other of fs.readdirSync(cacheFolder())) {
    if (!other.startsWith(`${name}.part-`)) continue
    const folder = path.join(cacheFolder(), other)
    if (Date.now() - fs.statSync(folder).mtimeMs < ABANDONED_AFTER_MS) continue
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * Copies a folder by hard links: no space, and a user who may not enter the cache (in /root) can
 * read it. On another file system the files are copied.
 *
 * @param {string} from @param {string} to
 */
export function linkFolder(from, to) {
  fs.mkdirSync(to, { recursive: true })
  for (const entry of fs.readdirSync(from, { withFileTypes: true })) {
    const source = path.join(from, entry.name)
    const target = path.join(to, entry.name)
    if (entry.isDirectory()) linkFolder(source, target)
    else linkFile(source, target)
  }
}

/** @param {string} source @param {string} target */
function linkFile(source, target) {
  try {
    fs.linkSync(source, target)
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error)
    if (code !== 'EXDEV' && code !== 'EPERM' && code !== 'EMLINK') throw error
    fs.copyFileSync(source, target)
  }
}
