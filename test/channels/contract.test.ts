/** Runs the contract suite over the list of channels; a channel without a case fails here. */
import { describe, expect, it } from 'vitest'
import { CHANNELS } from '../../server/channels/index.ts'
import { describeContract } from './contract.ts'
import { messengerContract } from './messenger.contract.ts'

const CASES = [messengerContract]

describe('the list of channels', () => {
  it('has a contract case for every channel', () => {
    expect(CHANNELS.map(channel => channel.type)).toEqual(CASES.map(one => one.channel.type))
  })
})

for (const one of CASES) describeContract(one)
