import { useEffect } from 'react'
import type { PublicAccess } from '../../core/contract/sharing.ts'
import { useApp } from '../state/context.ts'

/** What the account lets be public where it works, asked anew with the library; null: not known yet. */
export function usePublicAccess(): PublicAccess | null {
  const refresh = useApp((state) => state.refreshPublicAccess)
  const revision = useApp((state) => state.library?.revision ?? -1)
  useEffect(() => {
    if (revision >= 0) void refresh()
  }, [refresh, revision])
  return useApp((state) => state.publicAccess)
}
