/** Words of the live view. */
const number = new Intl.NumberFormat('en')
const count = (n: number, one: string, many: string) => (n === 1 ? `1 ${one}` : `${number.format(n)} ${many}`)

export const live = {
  title: 'Live',
  ranges: { hour: 'Last hour', day: 'Last day', week: 'Last week' },
  range: 'How far back',
  lead: (version: number, conversations: number) => `${count(conversations, 'conversation', 'conversations')} on version ${version}`,
  older: (conversations: number) => `${count(conversations, 'conversation waits', 'conversations wait')} on an earlier version`,
  came: (came: number) => `${number.format(came)} came`,
  leftHere: (left: number) => `${number.format(left)} left here`,
  waitHere: (waiting: number) => `${number.format(waiting)} ${waiting === 1 ? 'waits' : 'wait'} now`,
  nobody: 'Nobody came',
  share: (share: number) => (share > 0 && share < 0.01 ? 'under 1 %' : `${Math.round(share * 100)} %`),
  leftTitle: 'Where they are left',
  leftHint: 'They came and went no further: gone, expired, closed or taken over.',
  nobodyLeft: 'Nobody was left on the way.',
  leftOf: (left: number, came: number) => `${number.format(left)} of ${number.format(came)}`,
  waitTitle: 'Where they wait now',
  nobodyWaits: 'Nobody waits.',
  waiting: (waiting: number) => number.format(waiting),
  latestTitle: 'Latest conversations',
  noConversations: 'No conversation yet.',
  all: 'All conversations',
  openPath: (name: string) => `Show the path of ${name}`,
  goTo: (block: string) => `Go to ${block}`,
  counts: 'Counts',
  canvas: 'The live version',
  notLive: 'Not live yet',
  notLiveHint: 'Publish the draft. From then on you see here how many conversations pass each block, where they wait and where they are left.',
  notAllowed: 'Your role does not show conversations',
  notAllowedHint: 'Ask an administrator for a role that may read them.',
} as const
