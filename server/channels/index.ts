/** The list of messengers: a new one is a folder and a line here. */
import type { Channel } from './channel.ts'
import { messenger } from './messenger/index.ts'

/** Every channel with an adapter, in the order people see them. */
export const CHANNELS: readonly Channel[] = [messenger]

/** The channel of a type; undefined when there is none. */
export function channelOf(type: string): Channel | undefined {
  return CHANNELS.find(channel => channel.type === type)
}
