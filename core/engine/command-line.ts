import type { Library } from './library.ts'

/** A word as it stands, or what somebody chose for an argument: that may look like an option. */
export type Word = string | { readonly argument: string }

/**
 * The command that does the same, for the history: quoted where a shell needs it, and with the account
 * that asks where that is not the library's current one. Where an argument begins with a dash, all of
 * them come last, behind `--`.
 */
export function commandOf(library: Library, ...words: readonly Word[]): string {
  const chosen = words.flatMap((word) => (typeof word === 'string' ? [] : word.argument))
  const isOdd = chosen.some((argument) => argument.startsWith('-'))
  const inPlace = words.flatMap((word) => {
    if (typeof word === 'string') return word
    return isOdd ? [] : word.argument
  })
  const last = isOdd ? ['--', ...chosen] : []
  return ['strata', ...[...inPlace, ...accountOption(library), ...last].map(quoted)].join(' ')
}

/** An option with its value; nothing of one that was not given, or has none. */
export function optionOf(flag: string, value: string | number | null | undefined): string[] {
  return value === undefined || value === null || value === '' ? [] : [flag, String(value)]
}

function accountOption(library: Library): string[] {
  const { account } = library
  return account === library.facts().currentAccount ? [] : ['--account', account]
}

/** What a command line needs to say to work where this session does. */
export function regionOption(library: Library): string[] {
  return isCurrent(library, library) ? [] : ['--region', library.region]
}

/** Something as a command line finds it again: by its name, where that means it without an option. */
export function wordFor(
  library: Library,
  item: { readonly id: string; readonly name: string; readonly region: string },
): string {
  return isCurrent(library, item) && !item.name.startsWith('-') ? item.name : item.id
}

function isCurrent(library: Library, { region }: { readonly region: string }): boolean {
  return region === library.facts().currentRegion
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
