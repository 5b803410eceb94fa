import { show } from './show.ts'

/** Refusals of volumes that are made of snapshots. Codes that EBS has too are EBS's own. */
export const LOADING_ERRORS = {
  IncorrectState: {
    says: (d: { snapshot: string; state: string }) =>
      `Snapshot is in invalid state - ${d.state} (${show(d.snapshot)}).`,
    remedy: 'Wait until a pending snapshot is completed. One that failed can only be deleted.',
  },
  MissingParameter: {
    says: (d: { parameter: string }) => `The request must contain the parameter ${d.parameter}`,
    remedy: 'Say how large the volume is to be, or of which snapshot: --size or --snapshot.',
  },
  RATE_REFUSED: {
    says: (d: { rateMiBPerS: number; least: number; most: number }) =>
      `${d.rateMiBPerS} MiB/s is no rate to load at: it goes from ${d.least} to ${d.most} MiB/s.`,
    remedy: 'Give a rate in between, or none: then it loads as fast as it can.',
  },
  LOAD_PAUSED: {
    says: (d: { title: string }) => `Paused: ${d.title}.`,
    remedy:
      'The volume can be used; what is missing is loaded when it is touched, or when you go on.',
  },
  LOAD_LEFT: {
    says: (d: { title: string }) => `Interrupted: ${d.title}.`,
    remedy:
      'The volume can be used. Loading goes on when the app has the library open, or with strata volume load.',
  },
}
