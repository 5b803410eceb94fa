import { show } from './show.ts'

/** Refusals of life-cycle policies. */
export const POLICY_ERRORS = {
  POLICY_REFUSED: {
    says: (d: { problem: string }) => `The policy cannot be as it was asked for: ${d.problem}.`,
    remedy: 'Change that and try again. Nothing was changed.',
  },
  POLICY_UNKNOWN: {
    says: (d: { policy: string }) => `There is no policy ${show(d.policy)}.`,
    remedy: 'List the policies to see their ids.',
  },
  POLICY_STATE_REFUSED: {
    says: (d: { policy: string; isEnabled: boolean }) =>
      `The policy ${show(d.policy)} is switched ${d.isEnabled ? 'on' : 'off'} already.`,
    remedy: 'There is nothing to do.',
  },
}
