/** Words of the simulator. */
export const simulatorWords = {
  tag: {
    left: (time: string) => `${time} left`,
    message: 'waits for a message',
    queue: 'waits for an agent',
    position: (position: number) => `number ${position} in line`,
    agent: 'an agent talks',
  },
} as const
