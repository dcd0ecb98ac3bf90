/** Web chat in the contract suite. */
import { webchat } from '../../server/channels/webchat/index.ts'
import { contractCase } from './contract.ts'

/** Web chat's case: no vendor stands behind it, so there is nothing that signs and nothing that refuses. */
export const webchatContract = contractCase({
  channel: webchat,
  start: async () => ({
    account: { connector: 'shop', name: 'Shop', settings: {}, secrets: { signing_key: 'signing-key-of-the-shop-for-uploads' } },
    contact: 'v_sample',
    sent: () => 0,
    hangNext: () => undefined,
    close: async () => undefined,
  }),
  signature: { none: 'The page proves itself by the visitor’s token, which only the visitor has (rule 43, test/channels/webchat.test.ts).' },
  failures: { none: 'A delivery is sent when it is committed; nobody can refuse it.' },
})
