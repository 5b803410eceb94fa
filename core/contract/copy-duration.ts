/** Minutes within which a time-based copy can be asked to be there, as in EBS. */
export const COPY_MINUTES = { least: 15, most: 2_880, step: 15 }

/** MiB a second that one copy can have. */
export const MAX_COPY_RATE = 500

const MIB = 2 ** 20

export function isCopyDuration(minutes: number): boolean {
  const { least, most, step } = COPY_MINUTES
  return Number.isInteger(minutes) && minutes % step === 0 && minutes >= least && minutes <= most
}

/** MiB a second that a copy needs to be there in time. */
export function copyRate(movedBytes: number, minutes: number): number {
  return movedBytes / MIB / (minutes * 60)
}
