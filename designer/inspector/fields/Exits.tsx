import type { ReactNode } from 'react'
import { blockTypeOf } from '../../../server/engine/index.ts'
import { inWords } from '../../blocks/gist/index.ts'
import { words } from '../../words/en.ts'
import { ExitRow } from './Cards.tsx'
import { useFormScope } from './form-scope.tsx'
import { Section } from './Section.tsx'

/** The exits that no card stands for, in reading order. */
export function OtherExits({ shown }: { readonly shown: readonly string[] }): ReactNode {
  const { block } = useFormScope()
  const exits = blockTypeOf(block.type)?.exits(block) ?? []
  return exits.filter(({ name }) => !shown.includes(name)).map(({ name, label }) => <ExitRow key={name} exit={name} name={label ?? inWords(name)} />)
}

/** Where the block leads, as a part of its form. */
export function LeadsOn({ shown = [] }: { readonly shown?: readonly string[] }): ReactNode {
  return (
    <Section title={words.inspector.leadsOn}>
      <OtherExits shown={shown} />
    </Section>
  )
}
