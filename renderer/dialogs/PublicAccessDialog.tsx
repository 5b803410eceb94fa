import { Radio } from '@mantine/core'
import type { AccountId } from '../../core/contract/account.ts'
import type { RegionName } from '../../core/contract/ids.ts'
import type { LibraryView } from '../../core/contract/model.ts'
import { PublicAccessState } from '../../core/contract/sharing.ts'
import { isForeign } from '../state/accounts.ts'
import { useApp } from '../state/context.ts'
import { count } from '../words/names.ts'
import { Sheet } from './Sheet.tsx'
import { usePublicAccess } from './use-public-access.ts'

const CHOICES: readonly { value: PublicAccessState; label: string; description: string }[] = [
  {
    value: 'unblocked',
    label: 'Not blocked',
    description: 'Snapshots and images can be opened to everybody.',
  },
  {
    value: 'block-new-sharing',
    label: 'Block new public sharing',
    description: 'Nothing more becomes public. What is public stays so.',
  },
  {
    value: 'block-all-sharing',
    label: 'Block all public sharing',
    description:
      'What is public is treated as private, and stays marked as public: others get at it again when this is lifted.',
  },
]

/** What the account lets be public where it works. The choice holds at once. */
export function PublicAccessDialog({ library }: { library: LibraryView }) {
  const access = usePublicAccess()
  const choose = useApp((state) => state.setPublicAccess)
  if (access === null) return null
  const isHere = ({ region }: { region: string }) => region === access.region
  const isOwn = (each: { ownerId: AccountId; region: RegionName }) =>
    isHere(each) && !isForeign(library, each)
  const snapshots = library.snapshots.filter((each) => each.isPublic && isOwn(each)).length
  const images = library.images.filter((each) => each.permissions.isPublic && isOwn(each)).length
  return (
    <Sheet title={`Public access in ${access.region}`}>
      <p className="sec">
        {snapshots + images === 0
          ? 'Nothing of yours is public now.'
          : `${access.state === 'block-all-sharing' ? 'Shared publicly by you, kept from everybody' : 'Public of yours'}: ${count(snapshots, 'snapshot')}, ${count(images, 'image')}.`}{' '}
        Sharing with single accounts is not touched by this.
      </p>
      <Radio.Group
        aria-label="Public access"
        onChange={(value) => void choose(PublicAccessState.parse(value))}
        value={access.state}
      >
        <div className="sheet-choices">
          {CHOICES.map(({ value, label, description }) => (
            <Radio description={description} key={value} label={label} value={value} />
          ))}
        </div>
      </Radio.Group>
    </Sheet>
  )
}
