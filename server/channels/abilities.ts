/** What each messenger can do, by name: all eight from the start, adapters or not (rule 41). */
import type { Abilities } from '../engine/index.ts'
import { abilities as line } from './line/abilities.ts'
import { abilities as messenger } from './messenger/abilities.ts'
import { abilities as telegram } from './telegram/abilities.ts'
import { abilities as viber } from './viber/abilities.ts'
import { abilities as vonage } from './vonage/abilities.ts'
import { abilities as webchat } from './webchat/abilities.ts'
import { abilities as webhook } from './webhook/abilities.ts'
import { abilities as whatsapp } from './whatsapp/abilities.ts'

/** Every channel Parley knows by name. */
export type ChannelName = 'telegram' | 'messenger' | 'whatsapp' | 'line' | 'viber' | 'vonage' | 'webchat' | 'webhook'

/** The tables by channel: data only, safe to import without an adapter or its client. */
export const ABILITIES: Readonly<Record<ChannelName, Abilities>> = { telegram, messenger, whatsapp, line, viber, vonage, webchat, webhook }
