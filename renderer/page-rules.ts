import { config } from 'zod'

/*
 * The page runs under a content security policy without eval and with trusted types. This module is
 * imported before all others, so that libraries meet the rules already set.
 */

type TrustedTypes = {
  createPolicy: (name: string, rules: { createHTML: (text: string) => string }) => unknown
}
declare global {
  interface Window {
    trustedTypes?: TrustedTypes
    /** Where the scroll lock of dialogs looks for the nonce of its style tag. */
    __webpack_nonce__?: string
  }
}

/** Set by whoever serves the page; style tags made at run time carry it. */
export const styleNonce =
  document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''
window.__webpack_nonce__ = styleNonce

// Compiling schemas to code would be eval.
config({ jitless: true })

// Mantine fills its style tags as markup. Style sheets have no "<": nothing else passes.
window.trustedTypes?.createPolicy('default', {
  createHTML: (text) => {
    if (text.includes('<')) throw new TypeError('The page takes no markup from text')
    return text
  },
})
