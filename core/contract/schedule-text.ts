import type { Schedule } from './policy.ts'

/** A schedule as a command line says it; whose tags it gives is said apart. */
export function scheduleText({
  name,
  times,
  retention,
}: Pick<Schedule, 'name' | 'times' | 'retention'>): string {
  const when = times.kind === 'cron' ? times.expression : `every ${times.hours}h at ${times.at}`
  const kept =
    retention.kind === 'count' ? retention.count : `${retention.length} ${retention.unit}`
  return `${name}: ${when}, keep ${kept}`
}
