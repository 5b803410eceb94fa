import type { App } from 'electron'
import type { WireError } from '../core/contract/wire-error.ts'
import { wireOf } from '../core/threads/engine-client.ts'
import { Wish } from './arguments.ts'
import type { Libraries } from './libraries.ts'

/**
 * What further starts of the app ask of the one that runs. Heard from the first moment on: one may
 * come before there is a window, and then waits for it.
 */
export class SecondStarts {
  #waiting: Wish[] = []
  #onWish: ((wish: Wish) => void) | null = null

  constructor(app: Pick<App, 'on'>) {
    app.on('second-instance', (_event, _argv, _cwd, data) => {
      const wish = Wish.safeParse(data)
      // Who asks for nothing that is understood still wants to see the window.
      this.#take(wish.success ? wish.data : { isDemo: false, libraryPath: null, files: [] })
    })
  }

  /** From now on, and for those that came before. */
  serve(onWish: (wish: Wish) => void): void {
    this.#onWish = onWish
    for (const wish of this.#waiting.splice(0)) onWish(wish)
  }

  #take(wish: Wish): void {
    if (this.#onWish === null) this.#waiting.push(wish)
    else this.#onWish(wish)
  }
}

export type StartParts = {
  libraries: Pick<Libraries, 'isOpen' | 'openOrCreate'>
  /** Asks about running jobs, if there are any. @returns whether the library may be left */
  mayLeave(): Promise<boolean>
  drop(paths: readonly string[]): Promise<void>
  /** The library that was asked for cannot be opened; the one before it still is. */
  onRefused(error: WireError): void
}

/** Opens the library that a further start asks for, then drops its files: never on another one. */
export async function serveStart(
  { libraryPath, files }: Pick<Wish, 'libraryPath' | 'files'>,
  { libraries, mayLeave, drop, onRefused }: StartParts,
): Promise<void> {
  if (libraryPath !== null && !libraries.isOpen(libraryPath)) {
    if (!(await mayLeave())) return
    try {
      await libraries.openOrCreate(libraryPath)
    } catch (error) {
      return onRefused(wireOf(error))
    }
  }
  await drop(files)
}
