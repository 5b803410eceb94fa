import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { describe, expect, it } from 'vitest'

/** Rules about the code itself, as ARCHITECTURE.md states them. */
const ROOT = resolve(import.meta.dirname, '..')
const FOLDERS = ['core', 'cli', 'electron', 'renderer', 'e2e', 'bench', 'scripts']
const MAX_LINES = 250

const files = FOLDERS.filter((folder) => existsSync(join(ROOT, folder))).flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => join(folder, file).split(sep).join('/'))
    .filter((file) => /\.(ts|tsx|mjs)$/.test(file)),
)
const texts = new Map(files.map((file) => [file, readFileSync(join(ROOT, file), 'utf8')]))
/** Tests and what only they use. */
const isTest = (file: string) => /\.(test|spec)\.tsx?$|\/(testing|crash)\//.test(file)

/** Every way to name another file: import and export from, bare import, and import(). */
const SOURCES = [
  // Types of packages are free: nothing of them is left when the code runs.
  /^(?:import|export)\b(?! type\b[^'"]*\bfrom\s+['"][^.'"])[^'"]*?\bfrom\s+['"]([^'"]+)['"]/gm,
  /^import\s+['"]([^'"]+)['"]/gm,
  /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g,
]

/** What a file imports: packages by name, our own files by path from the root. */
export function sourcesOf(file: string, text: string): string[] {
  return SOURCES.flatMap((pattern) => [...text.matchAll(pattern)].map(([, source]) => source!)).map(
    (source) =>
      source.startsWith('.')
        ? relative(ROOT, resolve(ROOT, dirname(file), source))
            .split(sep)
            .join('/')
        : source,
  )
}

/** Imports of the folder's files, tests aside, that none of `allowed` matches. */
const strangersIn = (folder: string, allowed: readonly RegExp[]) =>
  files
    .filter((file) => file.startsWith(`${folder}/`) && !isTest(file))
    .flatMap((file) =>
      sourcesOf(file, texts.get(file)!)
        .filter((source) => !allowed.some((pattern) => pattern.test(source)))
        .map((source) => `${file} -> ${source}`),
    )

const within = (...folders: string[]) => new RegExp(`^(${folders.join('|')})/`)
const NODE = /^node:/
const ZOD = /^zod$/
const SQLITE = /^better-sqlite3$/
const ZSTD = /^zstddec$/
const CONTRACT = 'core/contract'
const LINEAGE = 'core/lineage'

describe('the arrows between folders', () => {
  it.each<[string, RegExp[]]>([
    ['core/contract', [ZOD, within(CONTRACT)]],
    ['core/lineage', [within(CONTRACT, LINEAGE)]],
    ['core/images', [NODE, within(CONTRACT, 'core/images')]],
    ['core/crypto', [NODE, within(CONTRACT, 'core/crypto')]],
    ['core/blocks', [NODE, ZSTD, within(CONTRACT, LINEAGE, 'core/(images|crypto|blocks)')]],
    ['core/catalog', [NODE, ZOD, SQLITE, within(CONTRACT, LINEAGE, 'core/blocks', 'core/catalog')]],
    ['core/engine', [NODE, ZOD, /^core\/(?!threads\/)/]],
    [
      'core/world',
      [NODE, ZOD, within(CONTRACT, LINEAGE, 'core/(crypto|blocks|catalog|engine|world)')],
    ],
    ['core/threads', [NODE, ZOD, within('core')]],
    ['core', [NODE, ZOD, ZSTD, SQLITE, within('core')]],
    ['cli', [NODE, ZOD, /^commander$/, within('core', 'cli'), /^package\.json$/]],
    ['electron', [NODE, ZOD, /^electron$/, within(CONTRACT, 'core/threads', 'electron')]],
    [
      'renderer',
      [
        /^react(-dom)?(\/.+)?$/,
        /^@xyflow\/react(\/.+)?$/,
        /^zustand(\/.+)?$/,
        /^@mantine\//,
        /^lucide-react$/,
        /^@fontsource-variable\/inter(\/.+)?$/,
        ZOD,
        within(CONTRACT, LINEAGE, 'renderer'),
      ],
    ],
  ])('%s imports only what it may', (folder, allowed) =>
    expect(strangersIn(folder, allowed)).toEqual([]),
  )

  it('lead to the wider world from one file, where the engine is put together', () =>
    expect(
      files.filter(
        (file) =>
          !isTest(file) &&
          !file.startsWith('core/world/') &&
          sourcesOf(file, texts.get(file)!).some((source) => source.startsWith('core/world/')),
      ),
    ).toEqual(['core/engine/engine.ts']))

  it('are read from every form of import', () => {
    const text = [
      "import { a } from './a.ts'",
      "import type {\n  B,\n} from '../b.ts'",
      "export * from 'c'",
      "import type { F } from 'f'",
      "import './d.css'",
      "const e = await import('node:e')",
    ].join('\n')
    expect(sourcesOf('core/x/y.ts', text).sort()).toEqual(
      ['core/x/a.ts', 'core/b.ts', 'c', 'core/x/d.css', 'node:e'].sort(),
    )
  })
})

describe('the window', () => {
  const usersOf = (word: RegExp) =>
    files.filter((file) => word.test(texts.get(file)!) && file !== 'core/tidy.test.ts')

  it('is heard in electron/ipc.ts alone', () =>
    expect(
      usersOf(/\bipcMain\b/).filter((file) => !isTest(file) && file !== 'electron/ipc.ts'),
    ).toEqual([]))

  it('never waits for an answer with all its work standing still', () =>
    expect(usersOf(/\bsendSync\b/)).toEqual([]))
})

describe('the files', () => {
  it(`fit in ${MAX_LINES} lines`, () => {
    const long = files
      .map((file) => [file, texts.get(file)!.trimEnd().split('\n').length] as const)
      .filter(([, lines]) => lines > MAX_LINES)
    expect(long).toEqual([])
  })

  it('are named for what is in them', () =>
    expect(
      files.filter((file) => /(^|[/.-])(utils?|helpers?|common|misc|shared)([/.-]|$)/i.test(file)),
    ).toEqual([]))

  it('are kebab-case, components PascalCase', () => {
    const isNamedWell = (file: string) => {
      const name = file.slice(file.lastIndexOf('/') + 1)
      return file.endsWith('.tsx')
        ? /^([A-Z][A-Za-z0-9]*|[a-z0-9-]+)(\.[a-z]+)*\.tsx$/.test(name)
        : /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)*\.(ts|mjs)$/.test(name)
    }
    expect(files.filter((file) => !isNamedWell(file))).toEqual([])
  })

  it('have no test that keeps the others from running', () =>
    expect(
      files.filter((file) => isTest(file) && /\b(it|test|describe)\.only\b/.test(texts.get(file)!)),
    ).toEqual([]))
})
