// Running other programs: in the project's folder, with the terminal handed on unless told otherwise.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { root } from './project.mjs'

/** @typedef {import('node:child_process').SpawnSyncOptions} Options */

/** A failure that a person can act on: printed without a stack. */
export class SetupProblem extends Error {}

/**
 * For set-up's tools: stdout may belong to a command that is started after them.
 * @type {import('node:child_process').StdioOptions}
 */
export const TO_STDERR = ['ignore', 2, 2]

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {Options} [options]
 * @returns {number} the exit code; 128 + n for a program that signal n ended, as in a shell
 */
export function run(command, args, options) {
  const ended = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options })
  if (ended.error) throw new SetupProblem(`cannot run ${command}: ${ended.error.message}`)
  return ended.status ?? 128 + (ended.signal ? os.constants.signals[ended.signal] : 0)
}

/** @param {readonly string[]} args @param {Options} [options] */
export const runNode = (args, options) => run(process.execPath, args, options)

/** @param {string} command @param {readonly string[]} args @param {Options} [options] */
export function mustRun(command, args, options) {
  const code = run(command, args, options)
  if (code !== 0) throw new SetupProblem(`${command} ${args.join(' ')}: exit code ${code}`)
}

/** @param {string} command @param {readonly string[]} args @param {Options} [options] */
export function outputOf(command, args, options) {
  const ended = spawnSync(command, args, { cwd: root, encoding: 'utf8', ...options })
  return { code: ended.status ?? 1, stdout: String(ended.stdout), stderr: String(ended.stderr) }
}

/** @param {string} command @param {readonly string[]} args */
export const succeeds = (command, args) =>
  spawnSync(command, args, { cwd: root, stdio: 'ignore' }).status === 0

/** npm's own program if it started us, so that the same npm goes on. @param {string[]} args */
export function npmCommand(args) {
  const program = process.env.npm_execpath
  if (program?.endsWith('.js') && fs.existsSync(program)) {
    return { command: process.execPath, args: [program, ...args] }
  }
  // On Windows npm is a script, which only a shell runs.
  return process.platform === 'win32'
    ? { command: 'cmd', args: ['/c', 'npm', ...args] }
    : { command: 'npm', args }
}

/** Also looks where an ordinary user's PATH on Debian does not. @param {string} command */
export function isInstalled(command) {
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin', '/sbin']
  return folders.some((folder) => fs.existsSync(path.join(folder, command)))
}

/**
 * Runs a script's main function; a problem is told in a line, a defect with its stack.
 * @param {string} name @param {() => Promise<number | void>} main
 */
export async function runMain(name, main) {
  try {
    process.exitCode = (await main()) ?? 0
  } catch (error) {
    console.error(error instanceof SetupProblem ? `[${name}] ${error.message}` : error)
    process.exitCode = 1
  }
}
