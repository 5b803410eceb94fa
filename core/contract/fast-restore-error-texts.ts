import { show } from './show.ts'

/** Refusals of fast snapshot restore. */
export const FAST_RESTORE_ERRORS = {
  FAST_RESTORE_REFUSED: {
    says: (d: { snapshot: string; most: number }) =>
      `Fast restore cannot be switched on for ${show(d.snapshot)}: it is larger than ${d.most} TiB.`,
    remedy: 'Volumes of it load when they are used. Nothing was changed.',
  },
  FAST_RESTORE_OFF: {
    says: (d: { snapshot: string }) => `Fast restore is not switched on for ${show(d.snapshot)}.`,
    remedy: 'There is nothing to switch off.',
  },
}
