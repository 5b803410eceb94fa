import { homedir } from 'node:os'
import { join } from 'node:path'

/** The library to use when none is named: STRATA_LIBRARY, else one in the user's data folder. */
export function defaultLibraryPath(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string {
  return env.STRATA_LIBRARY || join(dataFolder(env, platform, home), 'default.strata')
}

function dataFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform, home: string): string {
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Strata')
  if (platform === 'win32') return join(env.APPDATA || join(home, 'AppData', 'Roaming'), 'Strata')
  return join(env.XDG_DATA_HOME || join(home, '.local', 'share'), 'strata')
}
