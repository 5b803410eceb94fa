import { told } from '../blocks/io-errors.ts'
import { NewFile } from '../blocks/new-file.ts'
import { StrataError } from '../contract/errors.ts'
import { printable } from '../contract/show.ts'
import type { Library } from '../engine/library.ts'
import { resumeLoading } from '../engine/load-volume.ts'
import { freeTarget, withPartial } from '../engine/restore-snapshot.ts'
import { toldChange } from '../engine/told-change.ts'
import type { Verbs } from '../engine/verb.ts'

/** Nobody but its owner reads it. */
const OWNER_ONLY = 0o600

/** The recovery key: what opens the keys when the passphrase is lost. */
export const recoveryKeyVerbs = {
  createRecoveryKey: async ({ library }) => ({
    recoveryKey: await library.keyring.newRecoveryKey(),
  }),

  saveRecoveryKey: async ({ library }, input) => {
    const text = library.keyring.shownRecovery.text()
    const target = told(input.file, () => freeTarget(library, input))
    const bytes = Buffer.from(sheet(library, text))
    await withPartial(library, target, async (partial) => {
      const file = NewFile.begin(partial, target, bytes.length, OWNER_ONLY)
      try {
        file.write(bytes, 0)
        await file.sync()
        file.publish(input.overwrite)
      } catch (error) {
        file.drop()
        throw error
      }
    })
    return {}
  },

  keepRecoveryKey: ({ library, clock }) => {
    const { keyring, keyGuards } = library
    const guard = keyring.shownRecovery.guard(clock())
    const title = keyGuards.of('recovery') ? 'Replaced the recovery key' : 'Made a recovery key'
    const command = ['key', 'recovery', 'create']
    toldChange({ library, clock }, { title, command }, () => keyGuards.set(guard))
    keyring.shownRecovery.forget()
    return keyring.vault()
  },

  dropRecoveryKey: ({ library }) => ({ isDropped: library.keyring.shownRecovery.forget() }),

  removeRecoveryKey: async ({ library, clock }) => {
    if (library.keyGuards.of('recovery') === undefined) {
      throw new StrataError('RECOVERY_KEY_MISSING', {})
    }
    // Whoever lost the passphrase must not lose this as well.
    await library.keyring.ready()
    const command = ['key', 'recovery', 'remove']
    toldChange({ library, clock }, { title: 'Removed the recovery key', command }, () =>
      library.keyGuards.remove('recovery'),
    )
    return library.keyring.vault()
  },

  recoverKeys: async (context, { recoveryKey, passphrase }) => {
    const { keyring } = context.library
    await keyring.recover(recoveryKey, passphrase)
    resumeLoading(context)
    return keyring.vault()
  },
} satisfies Partial<Verbs>

/** What is saved: read again as a whole, it is the key. */
function sheet(library: Library, text: string): string {
  return [
    `# Recovery key of the Strata library ${printable(library.name)}`,
    '# It opens the keys of the library when their passphrase is lost: keep it apart from the library,',
    '# where nobody else comes by it. A newer one takes its place.',
    '',
    text,
    '',
  ].join('\n')
}
