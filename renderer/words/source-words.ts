import type { Volume, VolumeSource } from '../../core/contract/model.ts'

/** What became of the image of a linked volume: a sentence, what follows, and what can be done. */
export type SourceWords = { title: string; body: string; actionIds: readonly string[] }

/** @param base name of the newest snapshot; null: there is none yet */
export function sourceWords(source: VolumeSource, base: string | null): SourceWords | null {
  const since = base === null ? 'since it was opened' : `since ${base} was taken`
  const whole = base === null ? '' : ' Its snapshots are whole.'
  switch (source.state) {
    case 'present':
      return null
    case 'missing':
      return {
        title: 'The image is not where it was',
        body: `It was moved, renamed or deleted, or its disk is not connected.${whole} Connect the disk, or locate the file: a snapshot is taken of it, and the next ones read it there.`,
        actionIds: ['volume.locate', 'library.refresh'],
      }
    case 'unreadable':
      return {
        title: 'The image cannot be read',
        body: `Its permissions keep Strata out.${whole} Change them and look again, or locate a copy that may be read.`,
        actionIds: ['volume.locate', 'library.refresh'],
      }
    case 'changed':
      return {
        title: `The image has changed ${since}`,
        body: 'Take a snapshot to keep what it holds now. Only the blocks that differ will be stored.',
        actionIds: [],
      }
    case 'grown':
      return {
        title: `The image has grown ${since}`,
        body: 'The next snapshot takes over its new size. What was added is stored as far as it holds data.',
        actionIds: [],
      }
    case 'shrunk':
      return {
        title: `The image has shrunk ${since}`,
        body: `A volume never shrinks, so no snapshot can be taken of it.${whole} Open the image as a new volume, or take the snapshot from a file that has it all.`,
        actionIds: ['image.import', 'snapshot.takeFrom'],
      }
  }
}

/** In a word or two, for a list. */
export function sourceChip({ source }: Pick<Volume, 'source'>): string | null {
  switch (source?.state) {
    case undefined:
      return null
    case 'present':
      return 'linked'
    case 'missing':
      return 'image missing'
    case 'unreadable':
      return 'no access'
    case 'changed':
      return 'image changed'
    case 'grown':
      return 'image grew'
    case 'shrunk':
      return 'image shrank'
  }
}
