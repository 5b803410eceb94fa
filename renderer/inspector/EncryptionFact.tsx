import { KeyRound } from 'lucide-react'
import type { Encryption } from '../../core/contract/keys.ts'

/** Under which key it lies on the disk. */
export function EncryptionFact({ encryption }: { encryption: Encryption | null }) {
  if (encryption === null) return null
  return (
    <p className="sec encryption-fact">
      <KeyRound aria-hidden size={14} />
      <span>
        Encrypted with <span className="selectable unbroken">{encryption.keyId}</span>
      </span>
    </p>
  )
}
