import { execFileSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { closeSync, ftruncateSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'

/** Where Debian keeps the programs that make file systems, which is on no ordinary user's path. */
const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` }

/** A small real disk: an ext4 image that grows fuller with each change. */
export class Disk {
  readonly path: string
  #files = 0

  constructor(path: string, sizeMiB: number) {
    this.path = path
    const fd = openSync(path, 'w')
    ftruncateSync(fd, sizeMiB * 2 ** 20)
    closeSync(fd)
    execFileSync('mke2fs', ['-q', '-F', '-t', 'ext4', path], { env })
    this.addFile(3)
  }

  /** Writes a file of random bytes into the file system of the image. */
  addFile(sizeMiB: number): void {
    this.#files += 1
    const source = `${this.path}.file`
    writeFileSync(source, randomBytes(sizeMiB * 2 ** 20))
    const write = `write ${source} file-${this.#files}`
    execFileSync('debugfs', ['-w', '-R', write, this.path], { stdio: 'ignore', env })
    rmSync(source)
  }

  get sha256(): string {
    return digestOf(this.path)
  }
}

export const digestOf = (path: string) =>
  createHash('sha256').update(readFileSync(path)).digest('hex')
