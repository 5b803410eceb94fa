/** How many names a sentence carries before it counts instead. */
const MAX_NAMED = 3

/** "A", "A and B", "A, B and C"; more: "A, B and 4 more". */
export function joinNames(names: readonly string[]): string {
  const [first, ...rest] = names
  if (first === undefined) return ''
  if (rest.length === 0) return first
  if (names.length <= MAX_NAMED) return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
  const named = names.slice(0, MAX_NAMED - 1)
  return `${named.join(', ')} and ${(names.length - named.length).toLocaleString('en-GB')} more`
}

/** "1 snapshot", "1,024 snapshots". */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString('en-GB')} ${n === 1 ? one : many}`
}

/** "the volume", "both volumes", "all 3 volumes". */
export function allOf(n: number, one: string, many = `${one}s`): string {
  if (n === 1) return `the ${one}`
  return n === 2 ? `both ${many}` : `all ${count(n, one, many)}`
}

const SPELLED = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine']

/** For the start of a sentence: "Three snapshots", "12 snapshots". */
export function spelledCount(n: number, one: string): string {
  const counted = count(n, one)
  const word = SPELLED[n]
  return word === undefined ? counted : counted.replace(String(n), word)
}

/** `wanted`, or the first of "wanted 2", "wanted 3" … that nobody has. */
export function freeName(wanted: string, taken: readonly string[]): string {
  const used = new Set(taken)
  let name = wanted
  for (let n = 2; used.has(name); n++) name = `${wanted} ${n}`
  return name
}
