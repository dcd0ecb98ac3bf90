import type { Turn } from '../turn.ts'
import { type CompiledText, defineBlock, leave } from './block.ts'
import { emptyText } from './problems.ts'
import { Type } from './setting-type.ts'
import { choiceSetting, settings, textSetting } from './settings.ts'

interface Compiled {
  readonly text: CompiledText | undefined
  readonly returning: CompiledText | undefined
  readonly morning: CompiledText | undefined
  readonly afternoon: CompiledText | undefined
  readonly evening: CompiledText | undefined
}

/** Greets. For somebody who comes back `returning` is said before a variant of the time of day. */
export const greeting = defineBlock({
  type: 'greeting',
  group: 'talk',
  title: 'Greeting',
  purpose: 'Greets the contact, in another way for somebody who comes back or by the time of day.',
  schema: settings({
    text: textSetting({ title: 'Greeting', description: 'Said when no other variant fits.' }),
    returning: Type.Optional(
      textSetting({ title: 'For a returning contact', description: 'Said to somebody who was greeted before, whatever the time of day.' }),
    ),
    morning: Type.Optional(textSetting({ title: 'In the morning', description: "From 5:00 to 12:00 in the flow's time zone." })),
    afternoon: Type.Optional(textSetting({ title: 'In the afternoon', description: "From 12:00 to 18:00 in the flow's time zone." })),
    evening: Type.Optional(textSetting({ title: 'In the evening and at night', description: "From 18:00 to 5:00 in the flow's time zone." })),
    once: Type.Optional(
      choiceSetting(['conversation', 'day', 'contact', 'always'], {
        title: 'How often',
        description: "Once a conversation (unless you choose another), once a day in the flow's time zone, once for each contact, or always.",
      }),
    ),
  }),
  example: { type: 'greeting', text: 'Hello!', returning: 'Welcome back!', morning: 'Good morning!', exits: { next: 'menu' } },
  exits: () => [{ name: 'next', needed: false }],
  compile: (block, compiler): Compiled => ({
    text: compiler.text(block.text, '/text'),
    returning: compiler.text(block.returning, '/returning'),
    morning: compiler.text(block.morning, '/morning'),
    afternoon: compiler.text(block.afternoon, '/afternoon'),
    evening: compiler.text(block.evening, '/evening'),
  }),
  run(block, turn, texts) {
    const before = greetedBefore(block.once ?? 'conversation', turn)
    if (before) return leave('next', before)
    const isReturning = turn.contact.greeted_at !== undefined || turn.conversation.number > 1
    const text = (isReturning ? texts.returning : undefined) ?? texts[timeOfDay(turn)] ?? texts.text
    if (text) turn.send({ text: turn.say(text) })
    turn.setConversation({ greeted: true })
    turn.setContact({ greeted_at: turn.now })
    return leave('next', isReturning ? 'Greeted a returning contact' : 'Greeted')
  },
  lint: (block, view) => emptyText(view, block.text, '/text', 'The greeting'),
})

/** Why the greeting is left out; undefined when it is due. */
function greetedBefore(once: 'conversation' | 'day' | 'contact' | 'always', turn: Turn): string | undefined {
  const last = turn.contact.greeted_at
  if (once === 'conversation') return turn.conversation.greeted ? 'Already greeted in this conversation' : undefined
  if (last === undefined || once === 'always') return undefined
  if (once === 'contact') return 'Already greeted this contact'
  const dayOf = (time: number) => turn.tools.isoIn(time, turn.time_zone).slice(0, 10)
  return dayOf(last) === dayOf(turn.now) ? 'Already greeted today' : undefined
}

function timeOfDay(turn: Turn): 'morning' | 'afternoon' | 'evening' {
  const hour = Number(turn.tools.isoIn(turn.now, turn.time_zone).slice(11, 13))
  if (hour >= 5 && hour < 12) return 'morning'
  return hour >= 12 && hour < 18 ? 'afternoon' : 'evening'
}
