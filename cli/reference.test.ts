import { readFileSync, writeFileSync } from 'node:fs'
import { Command } from 'commander'
import { describe, expect, it, vi } from 'vitest'
import { errorCodes } from '../core/contract/errors.ts'
import { documents } from './json.ts'
import { createProgram } from './program.ts'
import { pathOf } from './run.ts'
import { documentsNamedIn } from './testing/printed-documents.ts'
import {
  commandReference,
  documentReference,
  fieldsOf,
  leavesOf,
  noteKey,
  notes,
} from './testing/reference.ts'
import { toldDocuments, toldProblems, toldReference } from './testing/told-documents.ts'

// An action tells what its verb does.
vi.mock('./run.ts', async (original) => ({
  ...(await original<typeof import('./run.ts')>()),
  inLibrary: (verb: () => unknown) => Object.assign(() => {}, { toString: () => String(verb) }),
}))

/*
 * The reference is made from the parser and the schemas. To bring the page up to date:
 * STRATA_WRITE_DOCS=1 npx vitest run cli/reference.test.ts
 */
const page = new URL('../docs/cli.md', import.meta.url)

describe('docs/cli.md', () => {
  it.each([
    ['commands', () => commandReference(createProgram())],
    ['told documents', () => toldReference(createProgram())],
    ['documents', documentReference],
    ['codes', () => errorCodes.map((code) => `\`${code}\``).join(' ')],
  ])('tells the %s as they are', (section, make) => {
    const before = readFileSync(page, 'utf8')
    const pattern = new RegExp(`(<!-- ${section} -->\n)[^]*?(<!-- end -->)`)
    expect(before).toMatch(pattern)
    const after = before.replace(pattern, (_, begin, end) => `${begin}\n${make()}\n\n${end}`)
    if (process.env.STRATA_WRITE_DOCS === '1') writeFileSync(page, after)
    else expect(before).toBe(after)
  })

  it('tells of each command which document it prints, and of each document which command', () =>
    expect(toldProblems(createProgram())).toEqual([]))

  it('tells of each command the documents whose schemas it prints through', () => {
    const named: Record<string, string[]> = {}
    const action = vi.spyOn(Command.prototype, 'action')
    createProgram()
    for (const [i, command] of action.mock.contexts.entries()) {
      named[pathOf(command as Command)] = documentsNamedIn(String(action.mock.calls[i]![0]))
    }
    action.mockRestore()
    const told: Record<string, string[]> = {}
    for (const [text, name] of Object.entries(toldDocuments)) {
      // Line by line, as they come: no answer of a verb.
      if (text === 'events --follow') continue
      const path = text.replace(/ --.*$/, '')
      told[path] = [...new Set([...(told[path] ?? []), name])].sort()
    }
    expect(told).toEqual(named)
  })

  it('has no note about a field that no document has', () => {
    const used = new Set<string>()
    for (const [name, schema] of Object.entries(documents)) {
      for (const { path } of fieldsOf(name, schema)) used.add(noteKey(name, path))
    }
    expect(Object.keys(notes).filter((key) => !used.has(key))).toEqual([])
  })
})

describe('--help', () => {
  it.each(leavesOf(createProgram()).map((command) => [command.name(), command] as const))(
    '%s says what it does, and ends with a line that can be tried',
    (name, command) => {
      const text: string[] = []
      command.configureOutput({ writeOut: (piece) => text.push(piece) }).outputHelp()
      const help = text.join('')
      expect(command.description()).toMatch(/^[a-z].*[^.]$/)
      expect(help).toContain('--json')
      expect(help).toMatch(new RegExp(`Example:\n {2}strata .*\\b${name}\\b`))
    },
  )
})
