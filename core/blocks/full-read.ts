import { readSync } from 'node:fs'

/** Fills `into`, with zeros after the end of the file. */
export function readFully(fd: number, into: Uint8Array, position: number): void {
  let got = 0
  while (got < into.length) {
    const read = readSync(fd, into, got, into.length - got, position + got)
    if (read === 0) break
    got += read
  }
  into.fill(0, got)
}
