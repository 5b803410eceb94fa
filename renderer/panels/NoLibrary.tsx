import { useApp } from '../state/context.ts'
import { ActionButton, Button } from '../ui/Button.tsx'

/** No library is open, or it could not be: why, and what can be done. */
export function NoLibrary() {
  const error = useApp((state) => state.libraryError)
  const refresh = useApp((state) => state.refreshLibrary)
  return (
    <main className="centre" data-region="lanes">
      {error !== null && (
        <div className="centre-message" role="alert">
          <h2>{error.message}</h2>
          <p className="sec">{error.remedy}</p>
          <div>
            <Button onClick={() => void refresh()}>Try again</Button>
            <ActionButton actionId="library.open" />
            <ActionButton actionId="library.practice" />
          </div>
        </div>
      )}
    </main>
  )
}
