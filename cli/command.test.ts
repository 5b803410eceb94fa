import { execFileSync, spawn } from 'node:child_process'
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import manifest from '../package.json' with { type: 'json' }
import { allocate } from './testing/allocate.ts'
import { ask, builtCommand, isReading, startStrata, strata, waitFor } from './testing/command.ts'
import { Scene, stateOf } from './testing/scene.ts'

const scene = new Scene()
afterAll(() => scene.remove())

describe.concurrent('help and version', () => {
  it.each(['', '--help', '-h', 'help'])('strata %s shows the commands', async (word) => {
    const args = word === '' ? [] : [word]
    const outcome = await strata(args)
    expect(outcome).toMatchObject({ exitCode: 0, stderr: '' })
    expect(outcome.stdout).toMatch(/^Usage: strata/)
    for (const name of ['volume', 'snapshot', 'verify', 'demo'])
      expect(outcome.stdout).toContain(name)
  })

  it('every command has help without a library', async () => {
    const outcome = await strata(['snapshot', 'delete', '--help'])
    expect(outcome).toMatchObject({ exitCode: 0, stderr: '' })
    expect(outcome.stdout).toContain('--dry-run')
    expect(outcome.stdout).toContain('--json')
  })

  it('tells the version', async () => {
    expect(await strata(['--version'])).toEqual({
      exitCode: 0,
      stdout: `${manifest.version}\n`,
      stderr: '',
    })
  })
})

describe('help', () => {
  it('does not load the engine: it costs little more than starting Node', () => {
    const bestOf = (args: string[]) => {
      const times = Array.from({ length: 5 }, () => {
        const start = performance.now()
        execFileSync(process.execPath, args)
        return performance.now() - start
      })
      return Math.min(...times)
    }
    expect(bestOf([builtCommand, '--help']) / bestOf(['-e', '0'])).toBeLessThan(4)
  })
})

describe.concurrent('a command line that makes no sense', () => {
  const cases: [args: string[], says: RegExp][] = [
    [['frobnicate'], /Unknown command 'frobnicate'\./],
    [['snapshots', 'ls'], /Did you mean snapshot/],
    [['volume'], /A command is missing\./],
    [['snapshot', 'frobnicate'], /Unknown command/],
    [['volume', 'create', '--size', '1'], /Missing required argument 'name'\./],
    [['volume', 'create', 'a', 'b', '--size', '1'], /Too many arguments/],
    [
      ['volume', 'create', 'a', '--size', 'ten'],
      /'--size <size>' argument 'ten' is invalid\. It is not a size/,
    ],
    [['volume', 'create', 'a', '--size', '-1'], /not a size/],
    [['volume', 'create', 'a', '--size', '0.3KiB'], /not a whole number of bytes/],
    [['volume', 'create', 'a', '--size', '\u001b[2J'], /argument '\\u\{1b\}\[2J'/],
    [
      ['volume', 'create', '-a', '--size', '1'],
      /option '-a'\. Names that begin with - go behind --/,
    ],
    [['image', 'launch', 'a', '--name', 'b', '--size', 'c'], /argument 'c' .* DEVICE=VALUE/],
    [['volume', 'write', 'a', '--at', '0'], /either --file FILE, or --fill SEED/],
    [['volume', 'write', 'a', '--at', '0', '--fill', 's'], /--fill SEED needs --length/],
    [['volume', 'write', 'a', '--at', '0', '--fill', 's', '--file', 'f'], /either/],
    [['volume', 'write', 'a', '--at', '0', '--file', 'f', '--length', '1'], /--length goes with/],
    [['volume', 'write', 'a', '--at', '0', '--at', '1', '--file', 'f'], /give --at once/],
    [['snapshot', 'delete'], /Missing required argument 'snapshots'/],
    [['snapshot', 'restore', 'A'], /either --to FILE, or --volume NAME/],
    [['snapshot', 'restore', 'A', '--to', 'x', '--volume', 'y'], /either/],
    [['snapshot', 'restore', 'A', '--volume', 'y', '--sha256'], /go with --to/],
    [['snapshot', 'restore', 'A', '--to', 'x', '--size', '1'], /--size goes with/],
    [['init', '--compression', 'gzip'], /Allowed choices are none, zstd\./],
    [['verify', '--deeep'], /Unknown option '--deeep' \(Did you mean --deep\?\)/],
    [['--library', '', 'stats'], /--library needs the path/],
  ]

  it.each(cases)('%j', async (args, says) => {
    const library = scene.path('never.strata')
    const env = { STRATA_LIBRARY: library }
    const outcome = await strata([...args, '--json'], { env })
    expect(outcome).toMatchObject({ exitCode: 2, stderr: '' })
    const { error } = JSON.parse(outcome.stdout) as { error: Record<string, string> }
    expect(error).toEqual({
      code: 'USAGE',
      message: expect.stringMatching(says),
      remedy: expect.stringMatching(/^See `strata .*--help`\.$/),
    })
  })

  it('is told to people on standard error', async () => {
    expect(await strata(['snapshot', 'restore', 'A'])).toEqual({
      exitCode: 2,
      stdout: '',
      stderr:
        'strata: Say where to: either --to FILE, or --volume NAME.\nSee `strata snapshot restore --help`.\n',
    })
  })
})

describe.concurrent('where the library is', () => {
  it('none is made by a command that cannot be carried out', async () => {
    const env = { STRATA_LIBRARY: undefined, XDG_DATA_HOME: scene.folderAt('nothing') }
    const { exitCode, stderr } = await strata(['volume', 'create', 'a'], { env })
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(/^strata: The request must contain the parameter size\/snapshot\n/)
  })

  it('the default one is made on first use, with a note; only then', async () => {
    const home = scene.folderAt('home')
    const env = { STRATA_LIBRARY: undefined, XDG_DATA_HOME: home }
    const first = await strata(['snapshot', 'ls', '--json'], { env })
    const path = join(home, 'strata', 'default.strata')
    expect(first.exitCode).toBe(0)
    expect(JSON.parse(first.stdout)).toMatchObject({ snapshots: [], storedBytes: 0 })
    expect(first.stderr).toBe(`Made a library at ${path}\n`)
    expect(await strata(['stats'], { env })).toMatchObject({ exitCode: 0, stderr: '' })
    expect(await strata(['init'], { env })).toMatchObject({ exitCode: 1, stdout: '' })
  })

  it('STRATA_LIBRARY names it, and --library wins', async () => {
    const [mine, other] = [await scene.library(), await scene.library()]
    await ask(mine, ['volume', 'create', 'mine', '--size', '1MiB'])
    const env = { STRATA_LIBRARY: mine }
    expect((await strata(['volume', 'ls'], { env })).stdout).toContain('mine')
    expect((await strata(['volume', 'ls', '--library', other], { env })).stdout).toBe(
      'There are no volumes yet.\n',
    )
  })

  it('paths are meant from where one stands', async () => {
    const folder = scene.folderAt('here')
    writeFileSync(join(folder, 'disk.img'), 'x')
    const run = (...args: string[]) => strata(args, { cwd: folder })
    expect((await run('init', 'a.strata')).exitCode).toBe(0)
    expect((await run('--library', 'a.strata', 'volume', 'import', 'disk.img')).exitCode).toBe(0)
    expect((await run('--library', 'b.strata', 'init', 'a.strata')).exitCode).toBe(2)
  })
})

describe.skipIf(!existsSync('/proc/self/fd'))('an interruption', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    '%s cancels and leaves nothing behind',
    async (signal) => {
      const library = await scene.library()
      await ask(library, ['volume', 'create', 'kept', '--size', '1MiB'])
      const endless = scene.image(1, 'endless.img')
      allocate(endless, 8 * 2 ** 30)
      await ask(library, ['volume', 'import', endless, '--name', 'endless'])
      const before = await stateOf(library)
      const { done, child } = startStrata([
        '--library',
        library,
        '--json',
        'snapshot',
        'create',
        'endless',
      ])
      await waitFor(() => isReading(child, endless))
      child.kill(signal)
      const outcome = await done
      expect(outcome.exitCode).toBe(1)
      expect(JSON.parse(outcome.stdout)).toMatchObject({ error: { code: 'JOB_CANCELLED' } })
      expect(outcome.stderr).toBe('')
      expect(await stateOf(library)).toEqual(before)
      expect(existsSync(join(library, 'lock'))).toBe(false)
      rmSync(endless)
    },
  )
})

describe.concurrent('standard output', () => {
  it('may be closed early, as head does', async () => {
    const library = await scene.library()
    const child = spawn(process.execPath, [builtCommand, '--library', library, 'stats'])
    child.stdout.destroy()
    let stderr = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    const exitCode = await new Promise((resolve) => child.on('close', resolve))
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  })

  it.skipIf(!existsSync('/usr/bin/script'))('progress is drawn on a terminal only', async () => {
    const library = await scene.library()
    const image = scene.image(1, 'large.img')
    allocate(image, 4 * 2 ** 30)
    await ask(library, ['volume', 'import', image, '--name', 'large'])
    const command = `${process.execPath} ${builtCommand} --library ${library} snapshot create large`
    const drawn = execFileSync('/usr/bin/script', ['-qec', command, '/dev/null'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    expect(drawn).toMatch(/\rSnapshot .*of large {2}\[#*\.*\]/)
    expect(drawn).toContain('\r\u001b[KSnapshot ')
    const piped = await strata(['--library', library, 'snapshot', 'create', 'large'])
    expect(piped).toMatchObject({ exitCode: 0, stderr: '' })
    expect(piped.stdout).not.toContain('\r')
    expect(piped.stdout).not.toContain('\u001b')
  })
})

describe('demo', () => {
  it('prints the chain and the seven deletions, and removes its library', async () => {
    const folder = scene.folderAt('tmp')
    const outcome = await strata(['demo'], { env: { TMPDIR: folder } })
    expect(outcome).toMatchObject({ exitCode: 0, stderr: '' })
    const lines = outcome.stdout.split('\n').map((line) => line.replace(/ +/g, ' ').trim())
    expect(lines).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^A ─+ B ─+ C$/),
        'full size 10 GiB 10 GiB 12 GiB',
        'stored here 10 GiB 4 GiB 2 GiB',
        'borrowed 0 B 6 GiB 10 GiB',
        'released if deleted 4 GiB 0 B 2 GiB',
        'fair share 6 GiB 4 GiB 6 GiB',
        'Stored in total: 16 GiB',
        'A 4 GiB 4 GiB 0 B',
        'B 0 B 0 B 0 B',
        'C 2 GiB 2 GiB 0 B',
        'A + B 4 GiB 4 GiB 0 B',
        'A + C 6 GiB 6 GiB 0 B',
        'B + C 6 GiB 2 GiB +4 GiB',
        'A + B + C 16 GiB 6 GiB +10 GiB',
      ]),
    )
    expect(readdirSync(folder)).toEqual([])
  })
})
