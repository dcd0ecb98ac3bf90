/** Example calls of each messenger, as data: the contract suite runs them and the table of kinds is made from what `parse` says to them. */
import { samples as messenger } from './messenger/samples.ts'
import type { ChannelSamples } from './sample.ts'
import { samples as telegram } from './telegram/samples.ts'
import { samples as webchat } from './webchat/samples.ts'

/** Examples by channel type. */
export const SAMPLES: Readonly<Record<string, ChannelSamples>> = { telegram, messenger, webchat }
