/** Channels as options name them. */
import { ABILITIES } from '../channels/abilities.ts'
import type { Abilities } from '../engine/index.ts'
import { wrongUsage } from './errors.ts'

/** The table of a channel; undefined for an unknown name. */
export function abilitiesOf(channel: string): Abilities | undefined {
  return Object.entries(ABILITIES).find(([name]) => name === channel)?.[1]
}

/** The table of a channel. Throws `cli.wrong_usage` with the names there are. */
export function mustKnowChannel(channel: string): Abilities {
  const abilities = abilitiesOf(channel)
  if (abilities) return abilities
  throw wrongUsage(`There is no channel “${channel}”.`, `There are: ${Object.keys(ABILITIES).join(', ')}.`)
}
