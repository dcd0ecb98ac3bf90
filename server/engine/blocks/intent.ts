import type { Problem } from '../errors.ts'
import type { Json } from '../event.ts'
import { type IntentModel, type IntentScore, normalise } from '../language/index.ts'
import type { Turn } from '../turn.ts'
import { type BlockOf, type CompiledText, type Compiler, defineBlock, fail, type LintView, leave, type Outcome, stay, type Wait, waitFor } from './block.ts'
import { idProblems, wrongVariable } from './problems.ts'
import { quoted } from './quoted.ts'
import { Type } from './setting-type.ts'
import { choiceSetting, idSetting, readingTimeout, settings, textSetting } from './settings.ts'
import { pressed, waitOf } from './waits.ts'

const DEFAULT_THRESHOLD = 0.6
const DEFAULT_MARGIN = 0.1
const ENTITIES = ['number', 'date', 'email', 'phone'] as const

interface Compiled {
  readonly model: IntentModel | undefined
  readonly wanted: ReadonlySet<string>
  readonly offerText: CompiledText | undefined
  /** What the button of an intent says: its first phrase. */
  readonly labels: ReadonlyMap<string, CompiledText>
  readonly wait: Wait
}

const schema = settings({
  intents: Type.Array(idSetting({ title: 'Intent' }), {
    title: 'Intents',
    description: 'Intents of this flow to tell apart, one exit each. What they sound like is in their training phrases.',
  }),
  threshold: Type.Optional(
    Type.Number({
      minimum: 0,
      maximum: 1,
      title: 'Threshold',
      description: 'How sure it has to be; 60 % if empty. Below, but above half of it, the flow leaves by “unsure”.',
    }),
  ),
  margin: Type.Optional(
    Type.Number({
      minimum: 0,
      maximum: 1,
      title: 'Margin',
      description: 'How far the best has to be ahead of the second, 10 % if empty; else the flow leaves by “unsure”.',
    }),
  ),
  offer: Type.Optional(
    Type.Boolean({
      title: 'Offer the two likeliest',
      description: 'When unsure, asks with the two likeliest as buttons (each says its first training phrase) and goes on by the press.',
    }),
  ),
  offer_text: Type.Optional(textSetting({ title: 'Question above the offer', description: 'What is asked above the two buttons; “Did you mean:” if empty.' })),
  entities: Type.Optional(
    Type.Array(
      settings({
        kind: choiceSetting(ENTITIES, { title: 'Kind', description: 'What to look for.' }),
        variable: idSetting({ title: 'Store in', description: 'The variable that takes it, if there is one.' }),
      }),
      {
        title: 'Values in the message',
        description: 'Picks up numbers, dates, e-mail addresses and phone numbers, whichever exit is taken. A kind named twice takes the first and the second.',
      },
    ),
  ),
  timeout: readingTimeout,
})

type Intent = BlockOf<typeof schema>

/** Routes the current message by what it means. Scores come from the model that is kept with the version (rule 38). */
export const intent = defineBlock({
  type: 'intent',
  group: 'understand',
  title: 'Intent',
  purpose: 'Routes the message by what it means, learned from example phrases in several languages.',
  branch: true,
  schema,
  example: {
    type: 'intent',
    intents: ['prices', 'delivery'],
    offer: true,
    entities: [{ kind: 'number', variable: 'amount' }],
    exits: { prices: 'price_list', delivery: 'delivery_times', unsure: 'menu', else: 'to_agent' },
  },
  exits: block => [
    ...block.intents.map(name => ({ name, needed: true })),
    { name: 'unsure', needed: true },
    { name: 'else', needed: true },
    ...(block.timeout === undefined ? [] : [{ name: 'timeout', needed: true }]),
  ],
  compile: (block, compiler): Compiled => ({
    model: compiler.intents(),
    wanted: new Set(block.intents),
    offerText: compiler.text(block.offer ? (block.offer_text ?? 'Did you mean:') : undefined, '/offer_text'),
    labels: block.offer ? firstPhrases(block.intents, compiler) : new Map(),
    wait: waitOf({ ...(block.timeout !== undefined && { timeout: block.timeout }) }),
  }),
  run: (block, turn, compiled) => classify(block, turn, compiled, block.offer === true),
  resume(block, turn, compiled, came, state) {
    if (came.type === 'timeout') return leave('timeout', 'Nothing came in time')
    const offered = offeredIntents(state)
    if (came.type === 'choice') {
      const label = labelOf(came.choice, turn, compiled)
      turn.take(pressed(turn, label))
      return leave(came.choice, `Pressed ${quoted(label)}`)
    }
    if (came.type !== 'message') return stay('Still waiting')
    turn.take(came.message)
    const typed = normalise(came.message.text)
    const chosen = offered[Number(typed) - 1] ?? offered.find(name => normalise(labelOf(name, turn, compiled)) === typed)
    if (chosen !== undefined) return leave(chosen, `The contact said ${quoted(came.message.text)}`)
    // Asked once is enough: an answer that fits neither is a new message.
    return classify(block, turn, compiled, false)
  },
  offers: (_block, _compiled, choice, state) => offeredIntents(state).includes(choice),
  claims: (_block, _compiled, message, state) => offeredIntents(state)[Number(normalise(message.text)) - 1] !== undefined,
  remind(_block, turn, compiled, state) {
    const offered = offeredIntents(state)
    if (offered.length > 0) ask(turn, compiled, offered, turn.wait)
  },
  lint: (block, view) => [
    ...(block.intents.length === 0 ? [view.problem('no_intents', 'error', '/intents', 'No intent is chosen.', 'Choose the intents to tell apart.')] : []),
    ...block.intents.flatMap((name, index) => intentProblems(name, index, view)),
    ...idProblems(
      view,
      block.intents.map(id => ({ id })),
      '/intents',
      ['unsure', 'else', 'timeout'],
    ),
    ...(block.entities ?? []).flatMap(({ kind, variable }, index) =>
      wrongVariable(view, variable, kind === 'number' || kind === 'date' ? [kind, 'text'] : ['text'], `/entities/${index}/variable`),
    ),
  ],
})

function classify(block: Intent, turn: Turn, compiled: Compiled, mayOffer: boolean): Outcome {
  const text = turn.message?.text ?? ''
  const wrong = storeEntities(block, turn, text)
  if (wrong !== undefined) return fail('wrong_type', `“${wrong}” cannot take what was found in the message`)
  if (text.trim() === '') return leave('else', 'The message has no text')
  const known = compiled.model ? turn.tools.classifyIntent(compiled.model, text).filter(score => compiled.wanted.has(score.intent)) : []
  // Ties go to the order in which the block names its intents: the file sorts the intents themselves (rules 35, 38).
  const scores = known.toSorted((a, b) => b.score - a.score || block.intents.indexOf(a.intent) - block.intents.indexOf(b.intent))
  const [best, second] = scores
  const threshold = block.threshold ?? DEFAULT_THRESHOLD
  if (!best || best.score === 0 || best.score <= threshold / 2) return leave('else', best ? tooFar(best) : 'There is nothing to compare with')
  const doubt = doubtAbout(best, second, threshold, block.margin ?? DEFAULT_MARGIN)
  if (doubt === undefined) return leave(best.intent, `Sounds like ${said(best)}`)
  if (!mayOffer || !second || second.score === 0) return leave('unsure', doubt)
  const offered = [best.intent, second.intent]
  ask(turn, compiled, offered, turn.next_wait)
  return waitFor({ ...compiled.wait, state: offered }, `${doubt}, asked which`)
}

function doubtAbout(best: IntentScore, second: IntentScore | undefined, threshold: number, margin: number): string | undefined {
  if (best.score < threshold) return `Sounds like ${said(best)}, needs ${percent(threshold)}`
  // Scores have three places; their difference in binary fractions would fall below a margin that they just reach.
  if (second && second.score > 0 && Math.round((best.score - second.score) * 1000) < Math.round(margin * 1000))
    return `${said(best)} and ${said(second)} are too close`
  return undefined
}

function tooFar(best: IntentScore): string {
  return best.score === 0 ? 'No intent comes close' : `At best like ${said(best)}, which is too little`
}

/** `“prices” (82 %)`: as sure as the threshold is set in the form. */
function said({ intent: name, score }: IntentScore): string {
  return `${quoted(name)} (${percent(score)})`
}

/** Scores have three places, so percent have one. */
function percent(score: number): string {
  return `${Math.round(score * 1000) / 10} %`
}

/** Stores what was found; the variable that refused its value, if one did. */
function storeEntities(block: Intent, turn: Turn, text: string): string | undefined {
  if (!block.entities || block.entities.length === 0) return undefined
  const kinds = block.entities.map(({ kind }) => kind)
  const rest = [...turn.tools.findEntities(text, kinds, { now: turn.now, time_zone: turn.time_zone, language: turn.language })]
  for (const { kind, variable } of block.entities) {
    const index = rest.findIndex(entity => entity.kind === kind)
    const [entity] = index < 0 ? [] : rest.splice(index, 1)
    if (entity && !turn.setVariable(variable, entity.value)) return variable
  }
  return undefined
}

function ask(turn: Turn, compiled: Compiled, offered: readonly string[], wait: number): void {
  const buttons = offered.map(name => ({ label: labelOf(name, turn, compiled), payload: `${wait}:${name}` }))
  turn.send({ text: compiled.offerText ? turn.say(compiled.offerText) : '', buttons })
}

function offeredIntents(state: Json | undefined): readonly string[] {
  return Array.isArray(state) ? state.filter(name => typeof name === 'string') : []
}

function labelOf(name: string, turn: Turn, { labels }: Compiled): string {
  const label = labels.get(name)
  return (label && turn.say(label)) || name
}

/** Phrases are what contacts say, not templates: braces in them are printed as they are. */
function firstPhrases(names: readonly string[], compiler: Compiler): ReadonlyMap<string, CompiledText> {
  const { languages, intents = {} } = compiler.flow
  const labels = new Map<string, CompiledText>()
  for (const name of names) {
    const phrases = intents[name]?.phrases ?? {}
    const render = (_scope: unknown, language: string) => phrases[language]?.[0] ?? phrases[languages[0] ?? '']?.[0] ?? Object.values(phrases)[0]?.[0] ?? name
    labels.set(name, { render })
  }
  return labels
}

function intentProblems(name: string, index: number, view: LintView): readonly Problem[] {
  const declared = view.flow.intents?.[name]
  if (!declared)
    return [
      view.problem('unknown_intent', 'error', `/intents/${index}`, `The flow has no intent “${name}”.`, 'Add it to the intents of the flow or choose another.'),
    ]
  if (Object.values(declared.phrases).some(phrases => phrases.length > 0)) return []
  return [
    view.problem(
      'no_phrases',
      'error',
      `/intents/${index}`,
      `The intent “${name}” has no training phrases, so nothing is like it.`,
      'Write a few phrases that contacts would use.',
    ),
  ]
}
