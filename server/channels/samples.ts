/** Example calls of each messenger, as data: the contract suite runs them and the table of kinds is made from what `parse` says to them. */
import { samples as messenger } from './messenger/samples.ts'
import type { ChannelSamples } from './sample.ts'

/** Examples by channel type. */
export const SAMPLES: Readonly<Record<string, ChannelSamples>> = { messenger }
