import { useEffect } from 'react'
import { VolumeId } from '../../core/contract/ids.ts'
import { useAppStore } from '../state/context.ts'
import type { DropTarget } from '../state/files.ts'

/** A target says what a drop on it means; everywhere else means a new volume. */
const TARGET = '[data-drop]'

/**
 * Follows files over the window. Every drag is kept from the browser: a dropped file would
 * otherwise be navigated to.
 */
export function useFileDrag(): void {
  const store = useAppStore()
  useEffect(() => {
    const onOver = (event: DragEvent) => {
      event.preventDefault()
      if (event.dataTransfer === null || !hasFiles(event)) return
      event.dataTransfer.dropEffect = 'copy'
      const over = targetOf(event)
      const { drag, setDrag } = store.getState()
      if (drag === null || !isSame(drag.over, over)) setDrag({ fileCount: countOf(event), over })
    }
    const onLeave = (event: DragEvent) => {
      // Leaving an element for another one inside the window has a related target.
      if (event.relatedTarget === null) store.getState().setDrag(null)
    }
    const onDrop = (event: DragEvent) => {
      event.preventDefault()
      const files = [...(event.dataTransfer?.files ?? [])]
      const target = targetOf(event) ?? { kind: 'newVolume' }
      store.getState().setDrag(null)
      if (files.length > 0) void store.getState().dropFiles(files, target)
    }
    window.addEventListener('dragenter', onOver)
    window.addEventListener('dragover', onOver)
    window.addEventListener('dragleave', onLeave)
    window.addEventListener('drop', onDrop)
    return () => {
      window.removeEventListener('dragenter', onOver)
      window.removeEventListener('dragover', onOver)
      window.removeEventListener('dragleave', onLeave)
      window.removeEventListener('drop', onDrop)
    }
  }, [store])
}

const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false

const countOf = (event: DragEvent) =>
  [...(event.dataTransfer?.items ?? [])].filter((item) => item.kind === 'file').length

function targetOf(event: DragEvent): DropTarget | null {
  const at = event.target instanceof Element ? event.target.closest(TARGET) : null
  const what = at?.getAttribute('data-drop')
  if (what === null || what === undefined) return null
  const volumeId = VolumeId.safeParse(what)
  return volumeId.success
    ? { kind: 'nextSnapshot', volumeId: volumeId.data }
    : { kind: 'newVolume' }
}

function isSame(a: DropTarget | null, b: DropTarget | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
