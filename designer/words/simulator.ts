/** Words of the simulator. */
export const simulator = {
  tag: {
    left: (time: string) => `${time} left`,
    message: 'waits for a message',
    queue: 'waits for an agent',
    position: (position: number) => `number ${position} in line`,
    agent: 'an agent talks',
  },
  starts: (moment: string) => `Conversation starts, ${moment}`,
  passes: (time: string) => `${time} ${/^1 \w+$/.test(time) ? 'passes' : 'pass'}`,
  flowChanged: 'The flow changed; the run goes on with it',
  edited: (text: string) => `Edited the last message: “${text}”`,
  opened: (payload: string | undefined) => (payload === undefined ? 'Opened the chat' : `Opened the chat by a link with “${payload}”`),
  left: 'Left the chat for good',
  notDelivered: (reason: string) => `Not delivered. ${reason}`,
} as const
