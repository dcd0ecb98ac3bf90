/** What fields to choose from many share. */
import type { SelectProps } from '@mantine/core'
import type { Choice } from './form-scope.tsx'

/** What only the full one knows. */
type Behaviour = Pick<SelectProps, 'onChange' | 'comboboxProps' | 'nothingFoundMessage' | 'limit' | 'allowDeselect'>

/** A field to choose one of many. */
export interface SearchSelectProps
  extends Behaviour,
    Pick<SelectProps, 'id' | 'aria-label' | 'aria-describedby' | 'aria-invalid' | 'placeholder' | 'disabled' | 'size' | 'className'> {
  readonly value: string | null
  readonly data: Choices
}

/** What can be chosen, in groups or not. */
export type Choices = readonly (Choice | { readonly group: string; readonly items: readonly Choice[] })[]

/** All choices, without their groups. */
export function ungrouped(choices: Choices): readonly Choice[] {
  return choices.flatMap(entry => ('group' in entry ? entry.items : [entry]))
}
