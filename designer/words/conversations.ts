/** Words of the page of conversations. */
import type { ConversationSummary, MessageAnswer } from '../../server/api/contract.ts'

type Owner = ConversationSummary['owner']
type Status = NonNullable<MessageAnswer['status']>

const owners: Readonly<Record<Owner, string>> = { flow: 'In a flow', queue: 'Waiting', agent: 'With an agent', nobody: 'Closed' }
const statuses: Readonly<Record<Status, string>> = { queued: 'Not sent yet', sent: 'Sent', delivered: 'Delivered', read: 'Read', failed: 'Not delivered' }

/** People without a name, by the channel they came by. */
const visitors: Readonly<Record<string, string>> = {
  webchat: 'Web visitor',
  telegram: 'Somebody on Telegram',
  messenger: 'Somebody on Messenger',
  whatsapp: 'Somebody on WhatsApp',
  line: 'Somebody on LINE',
  viber: 'Somebody on Viber',
}

/** A word of a file as people read it: "Nobody free". */
function asTitle(word: string): string {
  const said = word.replaceAll('_', ' ')
  return said.charAt(0).toUpperCase() + said.slice(1)
}

export const conversations = {
  title: 'Conversations',
  search: 'Name, number or e-mail',
  searchLabel: 'Find a contact',
  connector: 'Connector',
  anyConnector: 'Any connector',
  owner: 'Who has it',
  anyOwner: 'Everybody',
  owners,
  ofFlow: (flow: string) => `Only of ${flow}`,
  allFlows: 'Show those of every flow',
  list: 'List of conversations',
  none: 'No conversation yet',
  noneHint: 'As soon as somebody writes to one of your flows, you see here what was said and why the flow went its way, and you can step in.',
  lastOut: (text: string) => `Reply: ${text}`,
  noWords: 'No words',
  noneFound: 'Nothing fits. Take a filter away.',
  more: 'Show more',
  choose: 'Choose a conversation',
  chooseHint: 'You see what was said, why the flow went where it went, and you can step in.',
  back: 'All conversations',
  unnamed: (channel: string, when: string) => `${visitors[channel] ?? 'Contact'}, ${when}`,
  inFlow: (flow: string) => `In ${flow}`,
  inQueue: (queue: string) => `Waits in ${queue}`,
  withAgent: (agent: string) => `With ${agent}`,
  closed: (outcome: string) => `Closed: ${asTitle(outcome)}`,
  closes: (outcome: string) => (outcome === 'closed' ? 'The conversation closes' : `The conversation closes: ${asTitle(outcome)}`),
  closedPlain: 'Closed',
  unknown: 'There is no conversation at this address',
  transcript: 'What was said',
  says: { contact: 'Contact:', flow: 'Flow:', agent: (name: string) => `${name}:`, note: 'Note:' },
  note: (name: string) => `${name}, only the team sees this`,
  pressed: 'Pressed a button',
  opened: 'Opened the chat',
  openedBy: (payload: string) => `Opened the chat by a link with “${payload}”`,
  edited: 'Edited',
  deleted: 'Deleted by the contact',
  place: 'Location',
  attachment: 'Attachment',
  statuses,
  status: (status: string, time: string) => `${status} ${time}`,
  nothingSaid: 'Nothing was said yet.',
  contact: 'Contact',
  contactFields: { name: 'Name', address: 'Address', username: 'User name', phone: 'Phone', email: 'E-mail', language: 'Language', tags: 'Tags' },
  since: 'Since',
  variables: 'Variables',
  noVariables: 'Nothing is known yet.',
  path: 'Path',
  pathOf: (name: string) => `Path of ${name}`,
  goToReason: (block: string) => `Show ${block} on the canvas`,
  noPath: 'No block was passed yet.',
  showOnCanvas: 'Show on the canvas',
  showChat: 'Show the chat',
  goTo: (block: string) => `Go to ${block}`,
  canvas: 'The path on the canvas',
  noCanvas: 'This conversation is in no flow',
  noCanvasHint: 'It was opened without one, or the version was removed.',
  version: (flow: string, version: number) => `${flow}, version ${version}`,
  waitsFor: { message: 'waits for a message', time: 'waits for the time', queue: 'waits for an agent', answer: 'waits for an API' },
  waits: 'Waits here',
  otherFlow: (flow: string) => `in ${flow}`,
  takeOver: 'Take over',
  take: 'Take it',
  end: 'Finish',
  moreActions: 'What else you can do',
  handOver: 'Hand over to a queue…',
  move: 'Move to version…',
  restart: 'Start the flow again',
  close: 'End the conversation',
  say: 'Write a message',
  send: 'Send',
  ended: (name: string) => `The conversation with ${name} ended`,
  restarted: (name: string) => `${name} is at the start of the flow again`,
  handedOver: (name: string, queue: string) => `${name} waits in ${queue}`,
  finished: (name: string) => `You finished with ${name}`,
  confirm: {
    take_over: {
      title: (name: string) => `Take over the chat with ${name}?`,
      lead: 'The flow stops where it is and does not go on by itself. You talk until you finish.',
      act: 'Take over',
      keep: 'Leave it to the flow',
    },
    restart: {
      title: (name: string) => `Start again with ${name}?`,
      lead: 'The flow begins anew, in its live version. What it asked so far is forgotten; the chat stays as it is.',
      act: 'Start again',
      keep: 'Leave it where it is',
    },
    close: {
      title: (name: string) => `End the conversation with ${name}?`,
      lead: 'The flow stops and nobody answers any more, until the contact writes again. The chat stays readable.',
      act: 'End it',
      keep: 'Keep it',
    },
  },
  moveTitle: (name: string) => `Move ${name} to another version`,
  moveLead: (from: number) =>
    `The flow runs on version ${from}. The wait goes on there if the other version has the same block; a question that was changed is asked again.`,
  moveNowhere: 'The flow has no other version.',
  moveTo: 'Version',
  moveOption: (version: number, note: string, live: boolean) => `Version ${version}${live ? ', live' : ''}${note === '' ? '' : `: ${note}`}`,
  moveAct: 'Move',
  moved: (name: string, version: number) => `${name} is on version ${version} now`,
  handOverTitle: (name: string) => `Hand ${name} over`,
  handOverLead: 'Which queue? The flow stops unless it waits for an agent already.',
  queue: 'Queue',
  handOverAct: 'Hand over',
  cancel: 'Keep it',
} as const
