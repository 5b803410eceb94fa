import type { Vault } from '../core/contract/keys.ts'
import { type Answer, answer } from './answer.ts'
import { formatInstant } from './instant.ts'
import { VaultJson } from './key-json.ts'
import { filePath, type Library } from './library.ts'
import { RecoveryKeyJson } from './recovery-key-json.ts'

/** @param to saved there before the one that was stops opening the keys; default: it is printed */
export async function createRecoveryKey(
  { engine }: Library,
  { to }: { readonly to?: string },
): Promise<Answer> {
  const { recoveryKey } = await engine.createRecoveryKey()
  if (to !== undefined) await engine.saveRecoveryKey({ file: filePath(to), overwrite: false })
  const { recoveryKeyMadeAt } = await engine.keepRecoveryKey()
  const made = {
    recoveryKey: to === undefined ? recoveryKey : null,
    madeAt: recoveryKeyMadeAt ?? Date.now(),
  }
  const first = to === undefined ? `${recoveryKey}\n` : `It was saved to ${to}.`
  return answer(RecoveryKeyJson, made, `${first}\n${ADVICE}`)
}

export async function removeRecoveryKey({ engine }: Library): Promise<Answer> {
  const vault = await engine.removeRecoveryKey()
  return answer(VaultJson, vault, 'The recovery key opens nothing any more.')
}

export async function showRecoveryKey({ engine }: Library): Promise<Answer> {
  const { vault } = await engine.describeKeys()
  return answer(VaultJson, vault, statusText(vault))
}

const ADVICE = [
  'It opens the keys of this library when their passphrase is lost, and is not told again.',
  'Keep it where you keep paper, apart from the library. An older one opens nothing any more.',
].join('\n')

function statusText({ recoveryKeyMadeAt }: Vault): string {
  if (recoveryKeyMadeAt === null) {
    return 'There is no recovery key: whoever loses the passphrase loses the data.'
  }
  return `A recovery key was made on ${formatInstant(recoveryKeyMadeAt)}.`
}
