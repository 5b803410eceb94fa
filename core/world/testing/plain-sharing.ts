import type { WorldSnapshot } from './world-things.ts'

/** Whoever has it by no other share has no tag on it any more. */
export function unshare({ owner, grantees, tags }: WorldSnapshot, ...gone: string[]): void {
  for (const grantee of gone) grantees.delete(grantee)
  if (grantees.has('all')) return
  for (const account of tags.keys()) {
    if (account !== owner && !grantees.has(account)) tags.delete(account)
  }
}
