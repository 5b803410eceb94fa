import { TextInput } from '@mantine/core'
import { freeName } from '../words/names.ts'
import { NameInput } from './NameInput.tsx'

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
      <NameInput
        isFirst
        label={label}
        name={wanted.name}
        onName={(name) => onWanted({ ...wanted, name })}
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
