/** Words of the list of places where people reach a flow. */
export const reach = {
  title: 'Where people reach it',
  runsLive: 'New conversations run the live version.',
  nowhere: 'No connector uses this flow yet, so nobody can write to it.',
  notLive: 'Publish it first: connectors run the live version.',
  openChat: 'Open the chat',
  makeChat: 'Open a web chat for it',
  askAdministrator: 'An administrator connects it.',
  talk: (flow: string) => `Talk to ${flow} in the web chat`,
  all: 'All connectors',
  another: 'Connect another channel',
  off: 'Switched off',
} as const
