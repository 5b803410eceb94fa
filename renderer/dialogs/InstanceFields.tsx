import { TextInput } from '@mantine/core'
import type { Input } from '../../core/contract/calls.ts'
import { freeName } from '../words/names.ts'
import { NameInput } from './NameInput.tsx'

/** An instance to be, as it is typed. */
export type WantedInstance = {
  readonly name: string
  readonly instanceType: string
  /** With commas; nothing: the default one. */
  readonly securityGroups: string
  /** Nothing: none. */
  readonly keyPair: string
}

/** What is offered. @param taken names of the instances that are there */
export function newInstance(name: string, taken: readonly string[]): WantedInstance {
  const wanted = freeName(name, taken)
  return { name: wanted, instanceType: 't3.micro', securityGroups: '', keyPair: '' }
}

/** What the engine is asked for; null while something is missing. */
export function instanceOf(typed: WantedInstance): Input<'createInstance'> | null {
  const [name, instanceType, keyPair] = [typed.name, typed.instanceType, typed.keyPair].map(
    (text) => text.trim(),
  ) as [string, string, string]
  if (name === '' || instanceType === '') return null
  const securityGroups = typed.securityGroups
    .split(',')
    .map((group) => group.trim())
    .filter((group) => group !== '')
  return {
    name,
    instanceType,
    ...(securityGroups.length === 0 ? {} : { securityGroups }),
    ...(keyPair === '' ? {} : { keyPair }),
  }
}

type Props = {
  label: string
  wanted: WantedInstance
  onWanted: (wanted: WantedInstance) => void
}

/** What an instance is called, and its launch parameters, which no image keeps. */
export function InstanceFields({ label, wanted, onWanted }: Props) {
  return (
    <>
      <div className="sheet-pair">
        <NameInput
          isFirst
          label={label}
          name={wanted.name}
          onName={(name) => onWanted({ ...wanted, name })}
        />
        <TextInput
          label="Type"
          onChange={(event) => onWanted({ ...wanted, instanceType: event.currentTarget.value })}
          value={wanted.instanceType}
        />
      </div>
      <div className="sheet-pair">
        <TextInput
          label="Security groups"
          onChange={(event) => onWanted({ ...wanted, securityGroups: event.currentTarget.value })}
          placeholder="default"
          title="Several with commas between them"
          value={wanted.securityGroups}
        />
        <TextInput
          label="Key pair"
          onChange={(event) => onWanted({ ...wanted, keyPair: event.currentTarget.value })}
          placeholder="none"
          value={wanted.keyPair}
        />
      </div>
    </>
  )
}
