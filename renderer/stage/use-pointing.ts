import { useCallback, useEffect, useRef } from 'react'
import type { SnapshotId } from '../../core/contract/ids.ts'

/** Resting this long is pointing; passing over is not. */
const REST_MS = 120
/** Leaving for this long is leaving; the gap between two columns is not. */
const LEAVE_MS = 60

/** Tells what is pointed at, once the pointer rests; from one to the next at once. */
export function usePointing(hoverId: SnapshotId | null, onHover: (id: SnapshotId | null) => void) {
  const timer = useRef<number | undefined>(undefined)
  useEffect(() => () => window.clearTimeout(timer.current), [])
  return useCallback(
    (id: SnapshotId | null) => {
      window.clearTimeout(timer.current)
      if (id === hoverId) return
      const wait = id === null ? LEAVE_MS : hoverId === null ? REST_MS : 0
      if (wait === 0) onHover(id)
      else timer.current = window.setTimeout(() => onHover(id), wait)
    },
    [hoverId, onHover],
  )
}
