import type { Job } from '../core/contract/jobs.ts'
import { formatSize } from '../core/contract/size-text.ts'
import { safeName, widthOf } from './table.ts'

/** The part of a terminal that a bar needs: standard error, or a double in tests. */
export type Terminal = {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

const BAR_CELLS = 24
/** Where a terminal does not tell its width, or says that it has none. */
const DEFAULT_COLUMNS = 80

/** One line that shows how a job goes and is gone when it ends. Silent unless on a terminal. */
export class ProgressBar {
  readonly #terminal: Terminal
  #isShown = false

  constructor(terminal: Terminal) {
    this.#terminal = terminal
  }

  show(job: Job): void {
    if (this.#terminal.isTTY !== true || job.state !== 'running') return
    const columns = this.#terminal.columns || DEFAULT_COLUMNS
    this.#terminal.write(`\r${fit(progressLine(job), columns - 1)}\u001b[K`)
    this.#isShown = true
  }

  clear(): void {
    if (!this.#isShown) return
    this.#terminal.write('\r\u001b[K')
    this.#isShown = false
  }
}

/** "Snapshot of web  [####....]  50 %  1 of 2 GiB  800 MiB/s  2 s left" */
export function progressLine(job: Job): string {
  const parts = [safeName(job.title)]
  if (job.totalBytes > 0) {
    const share = Math.min(1, job.doneBytes / job.totalBytes)
    const full = Math.floor(share * BAR_CELLS)
    parts.push(`[${'#'.repeat(full)}${'.'.repeat(BAR_CELLS - full)}]`)
    parts.push(`${String(Math.floor(share * 100)).padStart(3)} %`)
    parts.push(`${formatSize(job.doneBytes)} of ${formatSize(job.totalBytes)}`)
  } else if (job.doneBytes > 0) {
    parts.push(formatSize(job.doneBytes))
  }
  if (job.bytesPerSecond > 0) parts.push(`${formatSize(job.bytesPerSecond)}/s`)
  if (job.secondsLeft !== null) parts.push(`${formatTime(job.secondsLeft)} left`)
  return parts.join('  ')
}

/** `3 s`, `2 min 5 s`, `1 h 4 min`. */
export function formatTime(seconds: number): string {
  const whole = Math.ceil(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3_600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  return `${Math.floor(whole / 3_600)} h ${Math.floor((whole % 3_600) / 60)} min`
}

/** A line longer than the terminal would wrap and could not be taken back. */
function fit(line: string, cells: number): string {
  if (widthOf(line) <= cells) return line
  let kept = ''
  for (const character of line) {
    if (widthOf(kept + character) > cells - 1) break
    kept += character
  }
  return `${kept}…`
}
