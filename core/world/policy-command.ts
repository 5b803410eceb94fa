import type { PolicyRow } from '../catalog/policies.ts'
import type { PolicyWish, Schedule } from '../contract/policy.ts'
import { scheduleText } from '../contract/schedule-text.ts'
import type { Tag } from '../contract/tags.ts'
import { regionOption, type Word } from '../engine/command-line.ts'
import type { Library } from '../engine/library.ts'

/** The command that makes a policy. One command cannot make all of them: then the one that shows it. */
export function makingCommand(library: Library, row: PolicyRow): readonly Word[] {
  const options = optionsOf(row)
  if (options === undefined) return ['policy', 'show', row.id]
  return ['policy', 'create', { argument: row.description }, ...options, ...regionOption(library)]
}

/** The command that changes it so, or the one that shows it: what schedules give it cannot take away. */
export function changingCommand(before: PolicyRow, row: PolicyRow): readonly Word[] {
  const options = optionsOf(row)
  const isTaken =
    (before.schedules.some(({ copiesTags }) => copiesTags) && !options?.includes('--copy-tags')) ||
    (before.schedules.some(({ tags }) => tags.length > 0) && !options?.includes('--tag'))
  if (options === undefined || isTaken) return ['policy', 'show', row.id]
  return ['policy', 'edit', row.id, '--description', row.description, ...options]
}

/** undefined: its schedules give different tags, or the name of one has what ends it in a command. */
function optionsOf({ targetTags, schedules }: PolicyWish): string[] | undefined {
  const [first] = schedules
  const isSaid = (each: Schedule) => !each.name.includes(':') && givenBy(each) === givenBy(first!)
  if (first === undefined || !schedules.every(isSaid)) return undefined
  return [
    ...withTags('--target', targetTags),
    ...schedules.flatMap((each) => ['--schedule', scheduleText(each)]),
    ...(first.copiesTags ? ['--copy-tags'] : []),
    ...withTags('--tag', first.tags),
  ]
}

const givenBy = ({ copiesTags, tags }: Schedule) => JSON.stringify([copiesTags, tags])

const withTags = (option: string, tags: readonly Tag[]) =>
  tags.flatMap(({ key, value }) => [option, `${key}=${value}`])
