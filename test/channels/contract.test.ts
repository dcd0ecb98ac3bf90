/** Runs the contract suite over the list of channels; a channel without a case fails here. */
import { describe, expect, it } from 'vitest'
import { CHANNELS } from '../../server/channels/index.ts'
import { describeContract } from './contract.ts'
import { messengerContract } from './messenger.contract.ts'
import { telegramContract } from './telegram.contract.ts'
import { webchatContract } from './webchat.contract.ts'

describe('the list of channels', () => {
  it('has a contract case for every channel', () => {
    const cases = [telegramContract, messengerContract, webchatContract]
    expect(cases.map(one => one.channel.type)).toEqual(CHANNELS.map(channel => channel.type))
  })
})

describeContract(telegramContract)
describeContract(messengerContract)
describeContract(webchatContract)
