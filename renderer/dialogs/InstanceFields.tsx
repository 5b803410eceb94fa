import { TextInput } from '@mantine/core'
import { MAX_NAME_LENGTH } from '../../core/contract/units.ts'
import { freeName } from '../words/names.ts'

export type WantedInstance = { readonly name: string; readonly instanceType: string }

/** What is offered. @param taken names of the instances that are there */
export function newInstance(name: string, taken: readonly string[]): WantedInstance {
  return { name: freeName(name, taken), instanceType: 't3.micro' }
}

/** @returns null while something is missing */
export function instanceOf({ name, instanceType }: WantedInstance): WantedInstance | null {
  const wanted = { name: name.trim(), instanceType: instanceType.trim() }
  return wanted.name === '' || wanted.instanceType === '' ? null : wanted
}

type Props = {
  label: string
  wanted: WantedInstance
  onWanted: (wanted: WantedInstance) => void
}

/** What an instance is called, and of which type it is. */
export function InstanceFields({ label, wanted, onWanted }: Props) {
  return (
    <>
      <TextInput
        data-autofocus
        label={label}
        maxLength={MAX_NAME_LENGTH}
        onChange={(event) => onWanted({ ...wanted, name: event.currentTarget.value })}
        value={wanted.name}
      />
      <TextInput
        description="A launch parameter: no image keeps it"
        label="Type"
        onChange={(event) => onWanted({ ...wanted, instanceType: event.currentTarget.value })}
        value={wanted.instanceType}
      />
    </>
  )
}
