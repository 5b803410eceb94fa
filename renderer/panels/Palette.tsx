import {
  Spotlight,
  type SpotlightActionData,
  type SpotlightActionGroupData,
} from '@mantine/spotlight'
import { Search } from 'lucide-react'
import { useShallow } from 'zustand/react/shallow'
import type { Action } from '../actions/action.ts'
import { actions } from '../actions/all.ts'
import { useApp, useAppStore } from '../state/context.ts'
import { hasRegions } from '../state/lanes.ts'
import type { AppState, AppStore } from '../state/store.ts'
import { Keys } from '../ui/Keys.tsx'
import { formatBytes } from '../words/byte-format.ts'
import { formatInstant } from '../words/time-format.ts'
import './palette.css'

/** Snapshots among the results at once; typing narrows them. */
const MAX_RESULTS = 40

/** Everything that can be done now, and every volume and snapshot by name. */
export function Palette() {
  const store = useAppStore()
  const ids = useApp(useShallow(runnableIds))
  // Titles name what is chosen: another choice, another title.
  useApp(useShallow((state) => actions.map((action) => action.title(state))))
  const library = useApp((state) => state.library)
  const state = store.getState()
  const commands = actions.filter((action) => ids.includes(action.id))
  const groups: SpotlightActionGroupData[] = [
    ...['Snapshot', 'Volume', 'Library', 'View'].map((group) => ({
      group,
      actions: [
        ...commands.filter((a) => a.group === group).map((a) => entryOf(a, state, store)),
        ...(group === 'Library' ? regionsOf(state, store) : []),
      ],
    })),
    { group: 'Go to', actions: library === null ? [] : placesOf(state, store) },
  ]
  return (
    <Spotlight
      actions={groups.filter((group) => group.actions.length > 0)}
      attributes={{ content: { 'aria-label': 'Search, or run a command' } }}
      highlightQuery={false}
      limit={MAX_RESULTS}
      maxHeight={420}
      nothingFound="Nothing that can be done now is called that."
      overlayProps={{ backgroundOpacity: 0.4 }}
      scrollable
      scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}
      searchProps={{
        'aria-label': 'Search, or run a command',
        leftSection: <Search size={16} />,
        placeholder: 'Search, or run a command',
      }}
      shortcut={null}
      size={560}
      transitionProps={{ duration: 120 }}
    />
  )
}

function runnableIds(state: AppState): string[] {
  return actions.filter((a) => a.id !== 'view.palette' && a.isEnabled(state)).map((a) => a.id)
}

function entryOf(action: Action, state: AppState, store: AppStore): SpotlightActionData {
  return {
    id: action.id,
    label: action.title(state),
    keywords: action.keywords,
    rightSection: action.shortcut === undefined ? undefined : <Keys shortcut={action.shortcut} />,
    onClick: () => void action.run(store.getState()),
  }
}

/** Where else new volumes could be made. */
function regionsOf({ library }: AppState, store: AppStore): SpotlightActionData[] {
  const others = library?.regions.filter((region) => !region.isCurrent) ?? []
  return others.map(({ name }) => ({
    id: `region.use.${name}`,
    label: `Work in ${name}`,
    keywords: 'region new volumes',
    onClick: () => void store.getState().workIn(name),
  }))
}

function placesOf(state: AppState, store: AppStore): SpotlightActionData[] {
  const { library } = state
  if (library === null) return []
  const volumes = library.volumes.map((v) => ({
    id: v.volumeId,
    label: v.name,
    description: `Volume, ${formatBytes(v.sizeBytes)}`,
    onClick: () => store.getState().showVolume(v.volumeId),
  }))
  const snapshots = library.snapshots.map((s) => ({
    id: s.snapshotId,
    label: s.name,
    description: `${s.copiedFrom === null ? 'Snapshot' : 'Copy'} of ${formatInstant(s.startedAt)}${hasRegions(library) ? ` in ${s.region}` : ''}, stores ${formatBytes(s.storedHereBytes)}`,
    onClick: () => {
      store.getState().showVolume(s.volumeId)
      store.getState().select([s.snapshotId], 'one')
    },
  }))
  return [...volumes, ...snapshots]
}
