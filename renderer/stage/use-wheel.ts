import { type RefObject, useEffect, useRef } from 'react'

/** Listens to the wheel before anything inside does, and may keep the page still, as React may not. */
export function useWheel(
  element: RefObject<HTMLElement | null>,
  onWheel: (event: WheelEvent) => void,
): void {
  const latest = useRef(onWheel)
  useEffect(() => {
    latest.current = onWheel
  })
  useEffect(() => {
    const target = element.current
    if (!target) return
    const listen = (event: WheelEvent) => latest.current(event)
    target.addEventListener('wheel', listen, { passive: false, capture: true })
    return () => target.removeEventListener('wheel', listen, { capture: true })
  }, [element])
}
