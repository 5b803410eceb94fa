import type { Command } from 'commander'
import { z } from 'zod'
import { documents } from '../json.ts'
import { accountNotes } from './account-notes.ts'
import { costNotes } from './cost-notes.ts'
import { fastRestoreNotes } from './fast-restore-notes.ts'
import { imageNotes } from './image-notes.ts'
import { keepingNotes } from './keeping-notes.ts'
import { keyNotes } from './key-notes.ts'
import { loadingNotes } from './loading-notes.ts'
import { policyNotes } from './policy-notes.ts'
import { worldNotes } from './world-notes.ts'

/** What a field means, by `document.field` where documents differ, else by `field`. */
export const notes: Record<string, string> = {
  ...imageNotes,
  ...fastRestoreNotes,
  ...keepingNotes,
  ...keyNotes,
  ...loadingNotes,
  ...policyNotes,
  ...worldNotes,
  ...accountNotes,
  ...costNotes,
  addedBytes: 'stored newly when it was taken, and still held by it',
  'diff.addedBytes': 'data in the second snapshot where the first has none',
  affected: 'each snapshot that reads what is damaged',
  at: 'when it was done',
  'copy.baseId': 'what it was laid over: its source in one region, else the newest copy there',
  'copy plan.baseId':
    'what it would be laid over: its source in one region, else the newest copy there',
  baseId: 'the snapshot that the next one will be incremental to; null: the next one will be full',
  blockCount: 'blocks of 524,288 bytes',
  blocksChecked: 'stored blocks that were read again',
  bytesWritten: 'length of the restored file',
  change: 'what became of these blocks from the first snapshot to the second',
  changedBytes: 'written since the base; null for a linked volume',
  'diff.changedBytes': 'data in both, but not the same',
  code: 'stable name of the error',
  command: 'the same as a command line',
  completedAt: 'null until it is completed',
  compression: 'how blocks are compressed on disk',
  copiedFrom: 'the snapshot that it is a copy of; that may have been deleted since',
  'copy plan.copiedFrom': 'the snapshot that would be copied',
  createdAt: 'when it was made',
  dataBytes: 'how much of the volume is data; null for a linked volume',
  'restore.dataBytes': 'how much of the file is data; the rest reads as zeros',
  description: 'a line about it, or empty',
  error: 'what went wrong',
  fairShareBytes: 'each block divided by its holders; sums to what is stored',
  firstBlock: 'index of the first block: byte offset / 524,288',
  format: 'how the image is read',
  formatVersion: 'of the library on disk',
  fullBecause: 'why everything moves; null where it is incremental',
  fullBytes: 'what a restore of it writes',
  head: 'the live state of the volume after its last snapshot',
  heldBytes: 'of its blocks, what others still read',
  incremental: 'whether only what its base does not have moves',
  identity: 'what counts as a changed block: other bytes, or any write',
  inheritedBytes:
    'written by an older snapshot, since deleted or archived; this one is charged for it now',
  isCurrent: 'the command works in it: new volumes are made there',
  isRemoved: 'only its snapshots are left',
  isToBeRemoved: 'it goes as soon as its pending snapshots are complete',
  isUndone: 'it was taken back',
  kind: 'linked: a file that is only read; managed: kept in the library and written through it',
  'verification.problems[].kind': 'what kind of damage',
  'verification.encrypted': 'encrypted snapshots, by whether their manifests were compared',
  'verification.encrypted.checked': 'those whose blocks were compared with their manifest',
  'verification.encrypted.unchecked': 'those whose keys are locked or cannot be used',
  libraryId: 'random, made with the library',
  message: 'what is wrong, with the thing and the place',
  movedBytes: 'logical bytes that are transferred',
  name: 'as people call it',
  'region.name': 'also the name of its folder',
  names: 'names of these snapshots',
  ok: 'nothing is damaged',
  originId: 'the snapshot that the volume was made from',
  parentId: 'the nearest ancestor that was not deleted',
  path: 'where it lies',
  physicalBytes:
    'block data on disk of all accounts, compressed, what is not reclaimed yet included',
  problems: 'what is damaged; empty when all is well',
  progress: 'per cent',
  ranges: 'runs of blocks, in ascending order',
  reclaimableBytes: 'on disk, but needed by no snapshot any more; of all accounts and regions',
  reclaimedBytes: 'given back to the file system',
  'deletion.reclaimedBytes':
    'given back to the file system; null with `--undoable`, or when giving it back failed',
  region: 'where its blocks lie',
  'volume.region': 'where its snapshots are taken',
  'library.regions': 'oldest first; with `--region` only that one',
  regions: 'oldest first',
  releasedBytes: 'logical bytes that no snapshot holds any more',
  releasedIfDeletedBytes: 'what deleting it alone would release',
  remedy: 'what to do',
  remnants:
    'deleted or archived snapshots whose blocks others still read, or that can still be undone',
  removedBytes: 'data in the first snapshot where the second has none',
  revision: 'grows with every change of the library',
  rewrittenBytes: 'copied on the way',
  sha256: 'of the whole file, in hexadecimal; only with `--sha256`',
  sharedBytes: 'held by other snapshots too: full size - released',
  singleSumBytes: 'sum of what each would release alone',
  sizeBytes: 'size of the volume',
  snapshotCount: 'snapshots of the account that can be restored',
  snapshot: 'the copy',
  snapshotId: '`snap-` and 17 hexadecimal digits',
  snapshotIds: 'the snapshots that go together',
  snapshots: 'oldest first',
  source: 'the image of a linked volume as last seen; null for a managed one',
  startedAt: 'the moment that it holds',
  state: 'of the snapshot',
  'volume.source.state': 'what became of the file since it was last read',
  'volume.source.sizeBytes': 'size of the file',
  stepId: 'in ascending order',
  steps: 'oldest first',
  storedBytes: 'distinct blocks that the snapshots of the account hold, logically',
  storedBytesAfter: 'stored by the account after it',
  storedBytesBefore: 'stored by the account before it',
  storedDeltaBytes: 'change of what is stored; may be negative',
  storedHereBytes: 'added + inherited; sums to what is stored',
  surplusBytes: 'released only because they go together: released - sum of single ones',
  title: 'what was done',
  undoableUntil: 'when its space is given back at the latest; null: it cannot be undone',
  volumeCount: 'volumes of the account that are not removed',
  volumeId: '`vol-` and 17 hexadecimal digits',
  volumeSizeBytes: 'size of the volume when it was taken',
  volumes: 'in the order in which they were made',
}

/** The commands with their arguments and options, as Markdown. */
export function commandReference(program: Command): string {
  return leavesOf(program)
    .map((command) => {
      const lines = [`### \`${usageOf(command)}\``, '', `${capital(command.description())}.`, '']
      for (const option of command.options) {
        lines.push(`* \`${option.flags}\`: ${option.description}`)
      }
      return lines.join('\n').trimEnd()
    })
    .join('\n\n')
}

/** Every command that does something, in the order of the help. */
export function leavesOf(command: Command): Command[] {
  if (command.commands.length === 0) return [command]
  return command.commands.flatMap((each) => leavesOf(each))
}

function usageOf(command: Command): string {
  const words: string[] = []
  for (let at: Command | null = command; at !== null; at = at.parent) words.unshift(at.name())
  return [...words, command.usage()].join(' ').trim()
}

export type Field = { readonly path: string; readonly type: string; readonly note: string }

/** The fields of every document, as Markdown tables. */
export function documentReference(): string {
  return Object.entries(documents)
    .map(([name, schema]) => {
      const rows = fieldsOf(name, schema).map(
        (field) => `| \`${field.path}\` | ${field.type} | ${field.note} |`,
      )
      return [
        `### ${capital(name)}`,
        '',
        '| field | type | meaning |',
        '|---|---|---|',
        ...rows,
      ].join('\n')
    })
    .join('\n\n')
}

/** @throws Error when a field has no note */
export function fieldsOf(document: string, schema: z.ZodType): Field[] {
  const root = z.toJSONSchema(schema, { io: 'output' })
  return walk(document, '', root as JsonSchema)
}

/** The note that documents `path` in `document`, as its key in `notes`. */
export function noteKey(document: string, path: string): string {
  const exact = `${document}.${path}`
  const last = path.split('.').at(-1)?.replace('[]', '') ?? ''
  return exact in notes ? exact : last
}

type JsonSchema = {
  type?: string
  enum?: string[]
  const?: string
  anyOf?: JsonSchema[]
  items?: JsonSchema
  properties?: Record<string, JsonSchema>
  required?: string[]
}

/** Objects that have their own table are named there once, not in every list. */
const OWN_TABLE: Record<string, string> = {
  'copy.snapshot': 'snapshot',
  'snapshot.described': 'what an array of described snapshots has',
  'library.regions': 'array of region',
  'demo.snapshots': 'array of snapshot',
}

function ownTable(document: string, path: string): string | undefined {
  const kind = document.replace(/ list$/, '')
  if (kind !== document && path === `${kind}s`) return `array of ${kind}`
  return OWN_TABLE[`${document}.${path}`]
}

function walk(document: string, prefix: string, schema: JsonSchema): Field[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const path = prefix + name
    const note = notes[noteKey(document, path)]
    if (note === undefined) throw new Error(`No note tells what ${document}.${path} means`)
    const own = ownTable(document, path)
    const isOptional = schema.required?.includes(name) !== true
    const type = own ?? typeOf(property, name)
    const field = { path, type: isOptional ? `${type}, may be absent` : type, note }
    if (own !== undefined) return [field]
    const inner = withoutNull(property)
    if (inner.items?.properties !== undefined) {
      return [field, ...walk(document, `${path}[].`, inner.items)]
    }
    return [field, ...walk(document, `${path}.`, inner)]
  })
}

function withoutNull(schema: JsonSchema): JsonSchema {
  return schema.anyOf?.find((each) => each.type !== 'null') ?? schema
}

function typeOf(schema: JsonSchema, name: string): string {
  if (schema.anyOf?.some((each) => each.type === 'null') === true) {
    return `${typeOf(withoutNull(schema), name)} or null`
  }
  if (schema.enum !== undefined) return schema.enum.map((value) => `"${value}"`).join(', ')
  if (schema.type === 'array') return `array of ${typeOf(schema.items ?? {}, '')}`
  if (schema.type === 'integer' && /Bytes|^bytes/.test(name)) return 'bytes'
  if (schema.type === 'integer' && /(At|Until|^at)$/.test(name)) return 'ms since 1970, UTC'
  return schema.type ?? 'any'
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
