import { ALL, type Grantee } from '../catalog/images.ts'
import { AccountId } from '../contract/account.ts'
import type { Input } from '../contract/calls.ts'
import { StrataError } from '../contract/errors.ts'
import type { Image } from '../contract/image.ts'
import { show } from '../contract/show.ts'
import { commandOf } from '../engine/command-line.ts'
import type { Context } from '../engine/context.ts'
import { ownImage } from './images.ts'

/** Lets others launch an image, or no longer. What they launched or copied by then is theirs. */
export function modifyImagePermissions(
  { library, clock }: Context,
  { imageId, operation, accounts, all }: Input<'modifyImagePermissions'>,
): Image {
  const { name } = ownImage(library, imageId)
  const grantees: Grantee[] = [...(all ? ([ALL] as const) : []), ...accounts.map(accountOf)]
  library.change(() => {
    for (const grantee of grantees) {
      if (operation === 'add') library.images.grant(imageId, grantee)
      else library.images.revoke(imageId, grantee)
    }
    library.history.add({
      at: clock(),
      title:
        operation === 'add'
          ? `Let ${grantees.join(', ')} launch ${show(name)}`
          : `Let ${grantees.join(', ')} no longer launch ${show(name)}`,
      command: commandOf(
        ...['image', 'permissions', imageId],
        ...grantees.flatMap((grantee) => [`--${operation}`, grantee]),
      ),
      storedDeltaBytes: 0,
      deletionId: null,
    })
  })
  return ownImage(library, imageId)
}

function accountOf(text: string): AccountId {
  const parsed = AccountId.safeParse(text)
  if (parsed.success) return parsed.data
  throw new StrataError('InvalidAMIAttributeItemValue', { account: text })
}
