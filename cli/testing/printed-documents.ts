import { readdirSync, readFileSync } from 'node:fs'
import { documents } from '../json.ts'

const FOLDER = new URL('../', import.meta.url)

/** A function of the command line, by its text. */
type Verb = { readonly file: string; readonly isExported: boolean; readonly text: string }

/** By name; several files may have one of that name, but only one exports it. */
const verbs = new Map<string, Verb[]>()
const files = readdirSync(FOLDER).filter((each) => /^[a-z-]+\.ts$/.test(each))
for (const file of files) {
  const code = readFileSync(new URL(file, FOLDER), 'utf8')
  const functions = /^(export )?(?:async )?function (\w+)[\s\S]*?^}$/gm
  for (const [text, exported, name = ''] of code.matchAll(functions)) {
    const verb = { file, isExported: exported !== undefined, text }
    verbs.set(name, [...(verbs.get(name) ?? []), verb])
  }
}

/** What a document is called, by the constant of its schema. */
const names = new Map<string, string>()
for (const file of files.filter((each) => /\bjson\.ts$/.test(each))) {
  const constants: Record<string, unknown> = await import(new URL(file, FOLDER).href)
  for (const [constant, value] of Object.entries(constants)) {
    const named = Object.entries(documents).find(([, schema]) => schema === value)
    if (named !== undefined) names.set(constant, named[0])
  }
}

/** No method, but for that of a module that was loaded: `(await load()).listKeys(…)`. */
const CALL = /(?:\)\.|(?<![.\w]))(\w+)(?=\()/g

/** The documents whose schemas an action names, itself or in what it calls, in ascending order. */
export function documentsNamedIn(action: string): string[] {
  const named = new Set<string>()
  const seen = new Set<Verb>()
  const read = (text: string, file: string | null) => {
    for (const [word] of text.matchAll(/\b\w+Json\b/g)) {
      const name = names.get(word)
      if (name !== undefined) named.add(name)
    }
    for (const [, word = ''] of text.matchAll(CALL)) {
      const verb = verbNamed(word, file)
      if (verb === undefined || seen.has(verb)) continue
      seen.add(verb)
      read(verb.text, verb.file)
    }
  }
  read(action, null)
  return [...named].sort()
}

/** Of the file that names it, else what another one exports. */
function verbNamed(name: string, file: string | null): Verb | undefined {
  const found = verbs.get(name) ?? []
  return found.find((verb) => verb.file === file) ?? found.find(({ isExported }) => isExported)
}
