import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { Theme } from '../core/contract/shell.ts'

/** Libraries that are offered again. */
const MAX_RECENT = 10
/** Sets of displays whose window place is remembered: the desk, the laptop alone, a projector. */
const MAX_DISPLAY_SETS = 16

const Coordinate = z.int().min(-100_000).max(100_000)

/** Where a window was, in device independent pixels. */
export const WindowPlace = z.strictObject({
  x: Coordinate,
  y: Coordinate,
  width: z.int().positive().max(100_000),
  height: z.int().positive().max(100_000),
  isMaximized: z.boolean(),
})
export type WindowPlace = z.infer<typeof WindowPlace>

export const SettingsValues = z.strictObject({
  theme: Theme,
  /** Paths of libraries, newest first; the first was open last. */
  recent: z.array(z.string().min(1)).max(MAX_RECENT),
  /** By set of displays, the newest last. */
  places: z.record(z.string(), WindowPlace),
})
export type SettingsValues = z.infer<typeof SettingsValues>

const DEFAULTS: SettingsValues = { theme: 'system', recent: [], places: {} }

/** What the app remembers about itself, in one small file. */
export class Settings {
  readonly #file: string
  #values: SettingsValues

  private constructor(file: string, values: SettingsValues) {
    this.#file = file
    this.#values = values
  }

  /** @param onDamaged told when there is a file that cannot be used; then defaults hold */
  static read(file: string, onDamaged: (error: unknown) => void): Settings {
    try {
      const text = readFileSync(file, 'utf8')
      return new Settings(file, SettingsValues.parse(JSON.parse(text)))
    } catch (error) {
      if (!isMissing(error)) onDamaged(error)
      return new Settings(file, DEFAULTS)
    }
  }

  get values(): Readonly<SettingsValues> {
    return this.#values
  }

  setTheme(theme: Theme): void {
    this.#write({ ...this.#values, theme })
  }

  /** Moves a library to the front of those that are offered again. */
  rememberLibrary(path: string): void {
    const recent = [path, ...this.#values.recent.filter((other) => other !== path)]
    this.#write({ ...this.#values, recent: recent.slice(0, MAX_RECENT) })
  }

  forgetLibrary(path: string): void {
    const recent = this.#values.recent.filter((other) => other !== path)
    this.#write({ ...this.#values, recent })
  }

  rememberPlace(displays: string, place: WindowPlace): void {
    const { [displays]: _, ...others } = this.#values.places
    const kept = Object.entries(others).slice(1 - MAX_DISPLAY_SETS)
    this.#write({ ...this.#values, places: { ...Object.fromEntries(kept), [displays]: place } })
  }

  /** Under another name first, so that a crash leaves the old file or the new one. */
  #write(values: SettingsValues): void {
    this.#values = values
    const draft = `${this.#file}.new`
    mkdirSync(dirname(this.#file), { recursive: true })
    const fd = openSync(draft, 'w', 0o600)
    try {
      writeFileSync(fd, `${JSON.stringify(values, null, 2)}\n`)
      fsyncSync(fd)
    } finally {
      closeSync(fd)
    }
    renameSync(draft, this.#file)
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
