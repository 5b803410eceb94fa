import { readdirSync, readFileSync } from 'node:fs'
import * as imageSchemas from '../image-json.ts'
import * as schemas from '../json.ts'
import * as keySchemas from '../key-json.ts'
import * as policySchemas from '../policy-json.ts'
import * as recoverySchemas from '../recovery-key-json.ts'

const FOLDER = new URL('../', import.meta.url)

/** A function of the command line, by its text. */
type Verb = { readonly file: string; readonly isExported: boolean; readonly text: string }

/** By name; several files may have one of that name, but only one exports it. */
const verbs = new Map<string, Verb[]>()
for (const file of readdirSync(FOLDER).filter((each) => /^[a-z-]+\.ts$/.test(each))) {
  const code = readFileSync(new URL(file, FOLDER), 'utf8')
  const functions = /^(export )?(?:async )?function (\w+)[\s\S]*?^}$/gm
  for (const [text, exported, name = ''] of code.matchAll(functions)) {
    const verb = { file, isExported: exported !== undefined, text }
    verbs.set(name, [...(verbs.get(name) ?? []), verb])
  }
}

/** What a document is called, by the constant of its schema. */
const names = new Map<string, string>()
const constants = {
  ...schemas,
  ...imageSchemas,
  ...keySchemas,
  ...policySchemas,
  ...recoverySchemas,
}
for (const [name, schema] of Object.entries(schemas.documents)) {
  for (const [constant, value] of Object.entries(constants)) {
    if (value === schema) names.set(constant, name)
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
