import type { ImageAttributes, VolumeType } from '../contract/image.ts'

/** What an image is for, unless it says otherwise. */
export const DEFAULT_ATTRIBUTES: ImageAttributes = {
  architecture: 'x86_64',
  virtualization: 'hvm',
  bootMode: 'uefi-preferred',
  hasEna: true,
}

/** EC2's default of a registered mapping. */
export const DEFAULT_VOLUME_TYPE: VolumeType = 'gp2'
