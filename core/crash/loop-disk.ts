import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'

/** A file that is mounted as an ext4 disk. Needs root. */
export class LoopDisk {
  readonly folder: string
  readonly #file: string

  private constructor(file: string, folder: string) {
    this.#file = file
    this.folder = folder
  }

  /** Makes and mounts one. @throws Error where the system cannot */
  static make(file: string, folder: string, bytes: number): LoopDisk {
    writeFileSync(file, '')
    truncateSync(file, bytes)
    execFileSync('mkfs.ext4', ['-q', '-F', file], { stdio: 'pipe' })
    return LoopDisk.mount(file, folder)
  }

  static mount(file: string, folder: string): LoopDisk {
    mkdirSync(folder, { recursive: true })
    execFileSync('mount', ['-o', 'loop', file, folder], { stdio: 'pipe' })
    return new LoopDisk(file, folder)
  }

  /** What the disk holds at this moment, and no cache: all that a power cut leaves. */
  afterPowerCut(file: string, folder: string): LoopDisk {
    execFileSync('cp', ['--sparse=always', this.#file, file])
    return LoopDisk.mount(file, folder)
  }

  /** Unmounts and removes it. */
  end(): void {
    execFileSync('umount', [this.folder])
    rmSync(this.#file)
  }
}
