import { parseDuration, type WordMatcher } from '../language/index.ts'
import { type CompiledText, defineBlock, fail, leave, stay, type Wait, waitFor } from './block.ts'
import { emptyText, everyWord } from './problems.ts'
import { quoted } from './quoted.ts'
import { Type } from './setting-type.ts'
import { durationSetting, idSetting, part, settings, textSetting, wordsSetting } from './settings.ts'
import { timeoutOf } from './waits.ts'

const DEFAULT_PRIORITY = 5

interface Compiled {
  readonly text: CompiledText | undefined
  readonly announcement: CompiledText | undefined
  readonly giveUp: WordMatcher | undefined
  readonly timeout: Pick<Wait, 'timeout_ms'>
  readonly announce: { readonly announce_every_ms?: number }
}

/** Waits for an agent until one has finished. What the contact writes meanwhile is for the agent (rule 10), apart from the words that give up. */
export const queue = defineBlock({
  type: 'queue',
  group: 'people',
  title: 'Queue',
  purpose: 'Hands the conversation to a queue, waits for an agent, and goes on when the agent has finished or none could come.',
  schema: settings({
    queue: Type.String({
      pattern: '^([a-z0-9][a-z0-9_-]{0,39})?$',
      title: 'Queue',
      description: 'The queue to wait in, by its short name; “default” always exists.',
    }),
    priority: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 9,
        title: 'Priority',
        description: '1 goes first, 9 last. If empty, the priority of the conversation counts, else 5.',
      }),
    ),
    max_wait: Type.Optional(
      durationSetting({
        title: 'Longest wait',
        description: 'How long to wait for an agent. After this the flow leaves by “timeout”. Empty: no limit.',
      }),
    ),
    text: Type.Optional(
      textSetting({ title: 'On joining', description: 'Said when the contact has a place in the queue; may print the position in the queue.' }),
    ),
    announce: Type.Optional(
      part(
        {
          every: durationSetting({ title: 'Every', description: 'Time between two announcements, like 2 min.' }),
          text: textSetting({ title: 'Announcement', description: 'What is said; may print the position in the queue.' }),
        },
        { title: 'Announcements', description: 'Said again and again while the contact waits.' },
      ),
    ),
    give_up: Type.Optional(
      wordsSetting({ title: 'Words to give up', description: 'Whoever says one of these, and nothing else, leaves the queue by “left”.' }),
    ),
    while_waiting: Type.Optional(
      idSetting({ title: 'Flow while waiting', description: 'Kept for a later release: a flow that talks while the contact waits. It has no effect yet.' }),
    ),
  }),
  example: {
    type: 'queue',
    queue: 'support',
    max_wait: '10 min',
    text: 'You are number {{ conversation.queue_position }}. Somebody will be with you soon.',
    announce: { every: '2 min', text: 'You are number {{ conversation.queue_position }} now.' },
    give_up: ['cancel'],
    exits: { ended: 'rate', timeout: 'nobody_free', full: 'nobody_free', unavailable: 'nobody_free', left: 'goodbye' },
  },
  exits: block => [
    { name: 'ended', needed: true },
    ...(block.max_wait === undefined ? [] : [{ name: 'timeout', needed: true }]),
    { name: 'full', needed: true },
    { name: 'unavailable', needed: true },
    { name: 'left', needed: true },
  ],
  compile(block, compiler): Compiled {
    const announceEvery = block.announce && parseDuration(block.announce.every)
    return {
      text: compiler.text(block.text, '/text'),
      announcement: compiler.text(block.announce?.text, '/announce/text'),
      giveUp: everyWord(block.give_up).length > 0 ? compiler.words([{ id: 'left', words: everyWord(block.give_up) }], false) : undefined,
      timeout: timeoutOf(block.max_wait),
      announce: announceEvery ? { announce_every_ms: announceEvery } : {},
    }
  },
  run(block, turn, { timeout, announce }) {
    if (block.queue === '') return fail('no_queue', 'No queue is chosen')
    const priority = block.priority ?? turn.conversation.priority ?? DEFAULT_PRIORITY
    return waitFor({ for: 'queue', ...timeout, queue: { slug: block.queue, priority, ...announce } })
  },
  resume(block, turn, compiled, came) {
    switch (came.type) {
      case 'queue_position': {
        const text = came.joined ? compiled.text : compiled.announcement
        if (text) turn.send({ text: turn.say(text) }, came.joined ? undefined : { kind: 'announcement' })
        return stay(`Number ${came.position} in ${block.queue}`)
      }
      case 'queue_refused':
        if (came.reason === 'full') return leave('full', `${block.queue} is full`)
        return leave('unavailable', came.reason === 'closed' ? `${block.queue} is closed` : `Nobody is on shift for ${block.queue}`)
      case 'timeout':
        return leave('timeout', `No agent came for ${block.max_wait}`)
      case 'agent_ended':
        return leave('ended', 'The agent finished')
      case 'contact_gone':
        return leave('left', 'The contact went away')
      case 'message':
        return compiled.giveUp?.equals(came.message.text) ? leave('left', `Gave up with ${quoted(came.message.text)}`) : stay('Kept for the agent')
      case 'choice':
      case 'answered':
        return stay('Still waiting for an agent')
    }
  },
  claims: (_block, { giveUp }, message) => giveUp !== undefined && giveUp.equals(message.text) !== null,
  lint: (block, view) => [
    ...(block.queue === '' ? [view.problem('no_queue', 'error', '/queue', 'No queue is chosen.', 'Choose the queue to wait in.')] : []),
    ...(block.announce ? emptyText(view, block.announce.text, '/announce/text', 'The announcement') : []),
    ...(block.max_wait === undefined
      ? [
          view.problem(
            'wait_without_timeout',
            'warning',
            '/max_wait',
            'If no agent comes, the contact waits here without an end.',
            'Set the longest wait and connect “timeout”.',
          ),
        ]
      : []),
    ...(block.while_waiting === undefined
      ? []
      : [
          view.problem(
            'not_used_yet',
            'warning',
            '/while_waiting',
            'A flow while waiting is not supported by this release and has no effect.',
            'Use announcements instead.',
          ),
        ]),
  ],
})
