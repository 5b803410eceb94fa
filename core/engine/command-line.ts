/** The command that does the same, for the history: quoted where a shell needs it. */
export function commandOf(...words: string[]): string {
  return ['strata', ...words.map(quoted)].join(' ')
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
