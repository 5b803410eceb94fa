/*
 * EventBridge's cron expressions, in UTC: minute, hour, day of the month, month, day of the week,
 * year. One of the two days is `?`. As Data Lifecycle Manager has it, they fire once an hour at the
 * most, so the minute is one number.
 */

/** A parsed expression. */
export type Cron = {
  readonly minute: number
  /** Ascending, as are the other lists. */
  readonly hours: readonly number[]
  /** 1 to 12. */
  readonly months: readonly number[]
  readonly years: readonly number[]
  isDay(year: number, month: number, day: number): boolean
}

type IsDay = Cron['isDay']

const DAY_MS = 86_400_000
const FIRST_YEAR = 1970
const LAST_YEAR = 2199
const MONTHS = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ')
const WEEKDAYS = 'SUN MON TUE WED THU FRI SAT'.split(' ')

/** @throws RangeError what is wrong with it, as the end of a sentence */
export function parseCron(expression: string): Cron {
  const inner = /^cron\((.*)\)$/i.exec(expression.trim())?.[1]
  if (inner === undefined) throw new RangeError('it is not written cron(...)')
  const fields = inner.trim().toUpperCase().split(/\s+/)
  if (fields.length !== 6) throw new RangeError(`it has ${fields.length} fields, not six`)
  const [minute, hour, day, month, weekday, year] = fields as Six
  if ((day === '?') === (weekday === '?')) {
    throw new RangeError('exactly one of its two days has to be ?')
  }
  if (!/^\d+$/.test(minute)) throw new RangeError('it would fire more often than once an hour')
  return {
    minute: valuesOf('minute', minute, 0, 59)[0]!,
    hours: valuesOf('hour', hour, 0, 23),
    months: valuesOf('month', month, 1, 12, MONTHS),
    years: valuesOf('year', year, FIRST_YEAR, LAST_YEAR),
    isDay: day === '?' ? weekdayTest(weekday) : dayTest(day),
  }
}

/** What is wrong with an expression, as the end of a sentence; null: nothing. */
export function cronProblem(expression: string): string | null {
  try {
    parseCron(expression)
    return null
  } catch (error) {
    if (error instanceof RangeError) return error.message
    throw error
  }
}

type Six = [string, string, string, string, string, string]

/** The first time after `ms`, both in milliseconds since 1970, UTC; null: it does not fire again. */
export function cronAfter(cron: Cron, ms: number): number | null {
  const from = new Date(ms)
  for (const year of cron.years) {
    if (year < from.getUTCFullYear()) continue
    for (const month of cron.months) {
      const days = daysIn(year, month)
      if (Date.UTC(year, month - 1, days) + DAY_MS <= ms) continue
      for (let day = 1; day <= days; day += 1) {
        if (!cron.isDay(year, month, day)) continue
        const found = cron.hours
          .map((hour) => Date.UTC(year, month - 1, day, hour, cron.minute))
          .find((at) => at > ms)
        if (found !== undefined) return found
      }
    }
  }
  return null
}

/** `*`, `5`, `1-5`, `MON-FRI`, `2/6`, or several of them with commas. */
function valuesOf(
  name: string,
  text: string,
  least: number,
  most: number,
  names: readonly string[] = [],
): number[] {
  const values = new Set<number>()
  for (const part of text.split(',')) {
    const [range = '', step, ...more] = part.split('/')
    const [first = '', last, ...rest] =
      range === '*' ? [String(least), String(most)] : range.split('-')
    const from = numberOf(first, least, names)
    const upTo =
      last === undefined ? (step === undefined ? from : most) : numberOf(last, least, names)
    const by = step === undefined ? 1 : Number(/^\d+$/.test(step) ? step : Number.NaN)
    const isGood = from >= least && upTo <= most && from <= upTo && by >= 1
    if (!isGood || more.length > 0 || rest.length > 0) {
      throw new RangeError(`its ${name} cannot be ${part === '' ? 'empty' : part}`)
    }
    for (let value = from; value <= upTo; value += by) values.add(value)
  }
  return [...values].sort((a, b) => a - b)
}

function numberOf(text: string, least: number, names: readonly string[]): number {
  const named = names.indexOf(text)
  if (named !== -1) return named + least
  return /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN
}

/** Also `L`, the last day, `LW`, the last weekday, and `15W`, the weekday nearest to the 15th. */
function dayTest(text: string): IsDay {
  if (text === 'L') return (year, month, day) => day === daysIn(year, month)
  if (text === 'LW') {
    return (year, month, day) => day === nearestWeekday(year, month, daysIn(year, month))
  }
  const wanted = /^(\d+)W$/.exec(text)
  if (wanted !== null) {
    const near = valuesOf('day of the month', wanted[1]!, 1, 31)[0]!
    return (year, month, day) =>
      near <= daysIn(year, month) && day === nearestWeekday(year, month, near)
  }
  const days = new Set(valuesOf('day of the month', text, 1, 31))
  return (_year, _month, day) => days.has(day)
}

/** Also `L`, Saturday, `6L`, the last Friday of the month, and `3#2`, its second Tuesday. */
function weekdayTest(text: string): IsDay {
  const special = /^([1-7A-Z]+?)(?:L|#([1-5]))$/.exec(text)
  if (special !== null && text !== 'L') {
    const weekday = valuesOf('day of the week', special[1]!, 1, 7, WEEKDAYS)[0]!
    const nth = special[2]
    return (year, month, day) =>
      weekdayOf(year, month, day) === weekday &&
      (nth === undefined ? day + 7 > daysIn(year, month) : Math.ceil(day / 7) === Number(nth))
  }
  const days = text === 'L' ? [7] : valuesOf('day of the week', text, 1, 7, WEEKDAYS)
  return (year, month, day) => days.includes(weekdayOf(year, month, day))
}

/** Monday to Friday, within the same month. */
function nearestWeekday(year: number, month: number, day: number): number {
  const weekday = weekdayOf(year, month, day)
  if (weekday === 7) return day === 1 ? 3 : day - 1
  if (weekday === 1) return day === daysIn(year, month) ? day - 2 : day + 1
  return day
}

/** 1: Sunday. */
function weekdayOf(year: number, month: number, day: number): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 1
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}
