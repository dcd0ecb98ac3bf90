/** Where conversations wait, and a choice for each place: before the button, what happens to them. */
import { NativeSelect } from '@mantine/core'
import { useId } from 'react'
import type { WaitingBlock } from '../../server/api/contract.ts'
import { blockTypeOf } from '../../server/engine/index.ts'
import { BlockTile, blockViewOf } from '../blocks/index.ts'
import { versions as words } from '../words/versions.ts'
import { choiceFor, labelsOf, sayWhatHappens } from './moves.ts'
import type { Moves } from './use-moves.ts'
import classes from './WaitingRows.module.css'

/** Nothing while nobody waits. */
export function WaitingRows({ moves }: { readonly moves: Moves }) {
  const { waiting, to } = moves
  if (!waiting || to === undefined || waiting.length === 0) return null
  return (
    <fieldset className={classes.waiting}>
      <legend>{words.moves.title}</legend>
      {waiting.map(place => (
        <Row key={place.block} place={place} to={to} moves={moves} />
      ))}
    </fieldset>
  )
}

function Row({ place, to, moves }: { readonly place: WaitingBlock; readonly to: number; readonly moves: Moves }) {
  const sentence = useId()
  const { block, count, name, type } = place
  const choice = choiceFor(place, moves.chosen)
  const view = blockViewOf(type)
  const group = blockTypeOf(type)?.group
  return (
    <div className={classes.row}>
      <span className={classes.tile}>{view && group && <BlockTile icon={view.icon} group={group} size="small" />}</span>
      <span className={classes.name}>{words.moves.waitsIn(count, name)}</span>
      <NativeSelect
        className={classes.choice}
        aria-label={words.moves.choose(count, name)}
        aria-describedby={sentence}
        value={choice}
        data={[...labelsOf(place, to)]}
        onChange={event => {
          const { value } = event.currentTarget
          const chosen = place.choices.find(known => known === value)
          if (chosen) moves.choose(block, chosen)
        }}
      />
      <span id={sentence} className={classes.sentence} aria-live="polite">
        {sayWhatHappens(place, choice, to)}
      </span>
    </div>
  )
}
