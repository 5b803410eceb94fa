import type { App } from 'electron'
import { Wish } from './arguments.ts'

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
