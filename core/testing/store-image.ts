import { join } from 'node:path'
import type { BlockRecord } from '../blocks/block-record.ts'
import { checkBlocks, type Damage } from '../blocks/check.ts'
import type { RestoreRun } from '../blocks/restore.ts'
import { type ScanInput, type ScanResult, scanBlocks } from '../blocks/scan.ts'
import { BLOCK_BYTES } from '../contract/units.ts'
import { openImage } from '../images/image-file.ts'
import { span } from '../lineage/index-set.ts'
import { type BlockContent, makeImage } from './make-image.ts'
import { tempFolder } from './temp-folder.ts'

/** An image in a folder of its own, and an empty folder for segments. */
export type Bench = { image: string; segmentsDir: string }

export function makeBench(blocks: readonly BlockContent[], sizeBytes?: number): Bench {
  const image = join(tempFolder(), 'disk.img')
  makeImage(image, blocks, sizeBytes)
  return { image, segmentsDir: tempFolder() }
}

/** Blocks that differ and do not compress. */
export function noiseBlocks(count: number): BlockContent[] {
  return Array.from({ length: count }, (_, seed) => ({ kind: 'noise', seed }))
}

/** Scans the whole image as the first snapshot of a linked volume, unless `options` say else. */
export async function scanImage(
  { image: path, segmentsDir }: Bench,
  options: Partial<ScanInput> = {},
): Promise<ScanResult> {
  const image = openImage(path)
  try {
    return await scanBlocks({
      path: image.path,
      stamp: image.stamp,
      sizeBytes: image.stamp.sizeBytes,
      indices: span(0, Math.ceil(image.stamp.sizeBytes / BLOCK_BYTES)),
      zeros: 'hole',
      parent: null,
      segmentsDir,
      compression: 'none',
      signal: new AbortController().signal,
      onProgress: () => {},
      ...options,
    })
  } finally {
    image.close()
  }
}

/** An image that is stored: what is needed to write it again. Ids of segments count from 0. */
export type StoredImage = Bench & {
  sizeBytes: number
  runs: RestoreRun[]
  records: BlockRecord[]
  segmentFile: (segmentId: number) => string
}

export async function storeImage(
  blocks: readonly BlockContent[],
  sizeBytes = blocks.length * BLOCK_BYTES,
): Promise<StoredImage> {
  const bench = makeBench(blocks, sizeBytes)
  const result = await scanImage(bench, { compression: 'zstd' })
  const ids = result.segments.map((_, i) => i)
  const records = Array.from({ length: result.blocks.count }, (_, i) =>
    result.blocks.recordOf(i, 50 + i, ids),
  )
  const runs: RestoreRun[] = result.fills.map((fill) => ({ kind: 'fill', ...fill }))
  for (const { start, end, first } of result.blocks.runs()) {
    runs.push({ kind: 'data', start, end, records: records.slice(first, first + end - start) })
  }
  runs.sort((a, b) => a.start - b.start)
  const segmentFile = (id: number) => join(bench.segmentsDir, result.segments[id]!.file)
  return { ...bench, sizeBytes, runs, records, segmentFile }
}

/** The damage among some stored blocks. */
export async function damageIn(
  records: readonly BlockRecord[],
  segmentFile: (segmentId: number) => string,
): Promise<Damage[]> {
  const signal = new AbortController().signal
  const { checked, damaged } = await checkBlocks({
    records,
    segmentFile,
    signal,
    onProgress: () => {},
  })
  if (checked !== records.length) throw new Error(`Checked ${checked} of ${records.length} blocks`)
  return damaged
}
