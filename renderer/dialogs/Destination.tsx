import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import type { LibraryView } from '../../core/contract/model.ts'
import type { SealWish } from '../state/keys.ts'
import { regionProblem } from '../words/region-words.ts'
import { RegionNameInput } from './RegionNameInput.tsx'

/** No region can be called that. */
const NEW = '+'

export type Destination = ReturnType<typeof useDestination>

/**
 * Where a copy goes and how it is encrypted there.
 *
 * @param ownRegion of what is copied
 */
export function useDestination({ regions }: LibraryView, ownRegion: string) {
  const others = regions.map(({ name }) => name).filter((name) => name !== ownRegion)
  const [choice, setChoice] = useState<string>(others[0] ?? NEW)
  const [added, setAdded] = useState('')
  const [seal, setSeal] = useState<SealWish>({})
  const isNew = choice === NEW
  return {
    choice,
    /** Its own region last: a copy there moves nothing, and is rarely what is meant. */
    choices: [...others, ownRegion],
    choose: (region: string) => {
      setChoice(region)
      // A key belongs to one region.
      setSeal(seal.encrypted === true ? { encrypted: true } : {})
    },
    /** What a new region is to be called. */
    added,
    setAdded,
    isNew,
    region: isNew ? added : choice,
    isRegion: !isNew || regionProblem(added, regions) === null,
    seal,
    setSeal,
  }
}

type Props = { library: LibraryView; ownRegion: string; destination: Destination }

/** One of the regions, or a new one. */
export function DestinationFields({ library, ownRegion, destination }: Props) {
  const { choice, choices, choose, isNew, added, setAdded } = destination
  return (
    <>
      <NativeSelect
        data={[
          ...choices.map((value) => ({
            value,
            label: value === ownRegion ? `${value}, its own region` : value,
          })),
          { value: NEW, label: 'A new region…' },
        ]}
        label="Region"
        onChange={(event) => choose(event.currentTarget.value)}
        value={choice}
      />
      {isNew && <RegionNameInput library={library} name={added} onName={setAdded} />}
    </>
  )
}
