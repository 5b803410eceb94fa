import { isDeepStrictEqual } from 'node:util'
import type { Command } from 'commander'
import { documents } from '../json.ts'
import { pathOf } from '../run.ts'
import { leavesOf } from './reference.ts'

export type DocumentName = keyof typeof documents

/** What each command prints with `--json`; with these options, where that makes a difference. */
export const toldDocuments: Record<string, DocumentName> = {
  'volume create': 'volume',
  'volume import': 'volume',
  'volume write': 'volume',
  'volume resize': 'volume',
  'volume rename': 'volume',
  'volume ls': 'volume list',
  'volume show': 'volume',
  'volume rm': 'volume',
  'volume status': 'volume status',
  'volume load': 'volume status',
  'volume pause': 'volume status',
  'volume read': 'read',
  'snapshot create': 'snapshot',
  'snapshot ls': 'snapshot list',
  'snapshot show': 'snapshot',
  'snapshot wait': 'snapshot',
  'snapshot rename': 'snapshot',
  'snapshot delete': 'deletion',
  'snapshot delete --dry-run': 'deletion plan',
  'snapshot copy': 'copy',
  'snapshot copy --dry-run': 'copy plan',
  'snapshot diff': 'diff',
  'snapshot restore --to': 'restore',
  'snapshot restore --volume': 'volume',
  'snapshot lock': 'lock',
  'snapshot unlock': 'lock',
  'snapshot share': 'permissions',
  'snapshot permissions': 'permissions',
  'snapshot archive': 'tier',
  'snapshot restore-tier': 'tier',
  'snapshot tier-status': 'tier status list',
  'snapshot fast-restore': 'fast restore',
  'instance create': 'instance',
  'instance attach': 'instance',
  'instance detach': 'instance',
  'instance snapshot': 'snapshot set',
  'instance ls': 'instance list',
  'instance show': 'instance',
  'instance rm': 'terminated instance',
  'image create': 'image',
  'image register': 'image',
  'image copy': 'image',
  'image launch': 'instance',
  'image permissions': 'image',
  'image deregister': 'deregistration',
  'image deregister --dry-run': 'deregistration plan',
  'image ls': 'image list',
  'image show': 'image',
  'region ls': 'region list',
  'region add': 'region',
  'region use': 'region',
  'account ls': 'account list',
  'account add': 'account',
  'account use': 'account',
  'key ls': 'key list',
  'key create': 'key',
  'key enable': 'key',
  'key disable': 'key',
  'key schedule-deletion': 'key',
  'key cancel-deletion': 'key',
  'key import': 'key',
  'key remove-material': 'key',
  'key share': 'key permissions',
  'key permissions': 'key permissions',
  'key rotate': 'key',
  'key default': 'encryption default',
  'key passphrase': 'vault',
  'key recovery create': 'recovery key',
  'key recovery status': 'vault',
  'key recovery remove': 'vault',
  'encryption-by-default': 'encryption default',
  'public-access show': 'public access',
  'public-access set': 'public access',
  events: 'event list',
  'events --follow': 'event',
  'describe snapshots': 'described snapshots',
  'tag ls': 'tag list',
  'tag set': 'tag list',
  'tag rm': 'tag list',
  'bin ls': 'bin',
  'bin recover': 'snapshot',
  'bin rules ls': 'retention rule list',
  'bin rules add': 'retention rule',
  'bin rules rm': 'retention rule',
  'policy ls': 'policy list',
  'policy create': 'policy',
  'policy edit': 'policy',
  'policy show': 'policy',
  'policy preview': 'policy preview',
  'policy enable': 'policy',
  'policy enable --dry-run': 'policy preview',
  'policy disable': 'policy',
  'policy run': 'policy runs',
  'policy rm': 'policy',
  init: 'library',
  stats: 'library',
  verify: 'verification',
  reclaim: 'reclaim',
  undo: 'undone deletion',
  history: 'history',
  demo: 'demo',
  cost: 'cost',
  'prices show': 'prices',
  'prices set': 'prices',
}

type Told = { readonly words: string[]; readonly options: string[]; readonly name: DocumentName }

const told: readonly Told[] = Object.entries(toldDocuments).map(([text, name]) => {
  const parts = text.split(' ')
  const isOption = (part: string) => part.startsWith('--')
  return { words: parts.filter((part) => !isOption(part)), options: parts.filter(isOption), name }
})

/** What is told of a command: more than once where its options make a difference. */
function toldOf(command: Command): Told[] {
  const path = pathOf(command)
  return told.filter(({ words }) => words.join(' ') === path)
}

/** Which command prints which document, as a Markdown table: those of one noun in one row. */
export function toldReference(program: Command): string {
  const rows = new Map<string, { commands: string[]; name: DocumentName }>()
  for (const { words, options, name } of leavesOf(program).flatMap(toldOf)) {
    const noun = words.slice(0, -1).join(' ')
    const row = rows.get(`${noun}: ${name}`) ?? { commands: [], name }
    const shown = row.commands.length === 0 ? words : words.slice(-1)
    row.commands.push(`\`${[...shown, ...options].join(' ')}\``)
    rows.set(`${noun}: ${name}`, row)
  }
  return [
    '| command | document |',
    '|---|---|',
    ...[...rows.values()].map(({ commands, name }) => `| ${commands.join(', ')} | ${name} |`),
    '| any that fails | error |',
  ].join('\n')
}

/** What is amiss with `toldDocuments`; empty when it has all commands, options and documents. */
export function toldProblems(program: Command): string[] {
  const leaves = leavesOf(program)
  const known = new Map(leaves.map((command) => [pathOf(command), command]))
  const printed = new Set<string>(['error', ...told.map(({ name }) => name)])
  return [
    ...leaves
      .filter((command) => toldOf(command).length === 0)
      .map((command) => `${pathOf(command)} is told to print nothing`),
    ...told.flatMap(({ words, options }) => {
      const command = known.get(words.join(' '))
      if (command === undefined) return [`${words.join(' ')} is no command`]
      return options
        .filter((option) => command.options.every(({ long }) => long !== option))
        .map((option) => `${words.join(' ')} has no option ${option}`)
    }),
    ...Object.keys(documents)
      .filter((name) => !printed.has(name))
      .map((name) => `${name} is printed by no command`),
  ]
}

/** The document that a command line prints. @throws Error when it is told of none */
export function documentTold(args: readonly string[]): DocumentName {
  const fits = told
    .filter(({ words, options }) => {
      const at = args.indexOf(words[0] ?? '')
      return (
        words.every((word, i) => args[at + i] === word) && options.every((o) => args.includes(o))
      )
    })
    .sort((a, b) => b.words.length - a.words.length || b.options.length - a.options.length)
  const [best] = fits
  if (best === undefined) throw new Error(`No document is told of strata ${args.join(' ')}`)
  return best.name
}

/** @throws Error when `json` is not the document that this command line is told to print */
export function assertTold(args: readonly string[], json: unknown): void {
  const name = documentTold(args)
  const parsed = documents[name].safeParse(json)
  if (!parsed.success || !isDeepStrictEqual(parsed.data, json)) {
    throw new Error(`strata ${args.join(' ')} printed no ${name}: ${JSON.stringify(json)}`)
  }
}
