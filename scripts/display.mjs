// What the machine lets a window do: is there a screen, and may Chromium's sandbox be on.
import { succeeds } from './command.mjs'

export const isRoot = () => process.getuid?.() === 0

export const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)

/**
 * A command that runs `command` on a screen of its own.
 * @param {string} command @param {readonly string[]} args
 * @returns {[string, string[]]}
 */
export const onVirtualDisplay = (command, args) => [
  'xvfb-run',
  ['-a', '-s', '-screen 0 1600x1000x24', command, ...args],
]

/** @param {string} command @param {readonly string[]} args @returns {[string, readonly string[]]} */
export const onSomeDisplay = (command, args) =>
  hasDisplay() ? [command, args] : onVirtualDisplay(command, args)

/**
 * Chromium's sandbox never runs as root, and otherwise wants namespaces of a plain user: some
 * kernels and containers grant none, or one without rights in it.
 */
export const canSandbox = () =>
  process.platform !== 'linux' || (!isRoot() && succeeds('unshare', ['--map-root-user', 'true']))

/** Whether root can hand a program to the user `nobody`, who then has a sandbox. */
export const canSandboxAsNobody = () =>
  isRoot() && succeeds('runuser', ['-u', 'nobody', '--', 'unshare', '--map-root-user', 'true'])
