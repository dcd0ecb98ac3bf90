/** The list of messengers: a new one is a folder and a line here. */
import type { Channel } from './channel.ts'
import { messenger } from './messenger/index.ts'
import { telegram } from './telegram/index.ts'
import { webchat } from './webchat/index.ts'

/** Every channel with an adapter, in the order people see them. */
export const CHANNELS: readonly Channel[] = [telegram, messenger, webchat]
