import { describe, expect, it } from 'vitest'
import { classifyIntent, type IntentModel, trainIntents } from '../../../server/engine/language/index.ts'
import sample from './intents.json' with { type: 'json' }

const THRESHOLD = 0.6
const intents: Parameters<typeof trainIntents>[0] = sample.intents
const model = trainIntents(intents)

function best(text: string, from: IntentModel = model) {
  const [first] = classifyIntent(from, text)
  if (!first) throw new Error('no intent')
  return first
}

describe('intents', () => {
  it('at least nine of ten phrases it has not seen reach their intent above the threshold, none another', () => {
    const known = sample.known.map(([text = '', wanted]) => ({ text, wanted, ...best(text) }))
    expect(known.filter(({ intent, wanted, score }) => intent !== wanted && score >= THRESHOLD)).toEqual([])
    const sure = known.filter(({ intent, wanted, score }) => intent === wanted && score >= THRESHOLD)
    expect(sure.length / known.length).toBeGreaterThanOrEqual(0.9)
  })

  it('at least nineteen of twenty sentences about something else stay below the threshold', () => {
    const refused = sample.unknown.filter(text => best(text).score < THRESHOLD)
    expect(refused.length / sample.unknown.length).toBeGreaterThanOrEqual(0.95)
  })

  it('every training phrase is its own intent, in each language', () => {
    for (const [id, { phrases }] of Object.entries(intents)) {
      for (const phrase of Object.values(phrases).flat()) {
        expect(best(phrase), phrase).toMatchObject({ intent: id })
        expect(best(phrase).score, phrase).toBeGreaterThanOrEqual(THRESHOLD)
      }
    }
  })

  it('a typo does not change the intent', () => {
    expect(best('i forgto my pasword')).toMatchObject({ intent: 'password' })
    expect(best('i forgto my pasword').score).toBeGreaterThanOrEqual(THRESHOLD)
  })

  it('rule 38: scores are between 0 and 1, rounded to three places, best first', () => {
    for (const [text = ''] of sample.known) {
      const scores = classifyIntent(model, text).map(({ score }) => score)
      expect(scores).toHaveLength(7)
      expect(scores).toEqual([...scores].sort((a, b) => b - a))
      for (const score of scores) expect(Math.round(score * 1000) / 1000).toBe(score)
      expect(Math.min(...scores)).toBeGreaterThanOrEqual(0)
      expect(scores.reduce((sum, score) => sum + score, 0)).toBeLessThanOrEqual(1.002)
    }
  })

  it('rule 38: ties go to file order', () => {
    const twins = { later: { phrases: { en: ['open the door'] } }, earlier: { phrases: { en: ['open the door'] } } }
    expect(classifyIntent(trainIntents(twins), 'open the door').map(({ intent }) => intent)).toEqual(['later', 'earlier'])
    const [first, second] = classifyIntent(trainIntents(twins), 'open the door')
    expect(first?.score).toBe(second?.score)
    expect(classifyIntent(model, '???').map(({ intent }) => intent)).toEqual(Object.keys(intents))
  })

  it('rule 38: the model is plain JSON and the same from the same phrases', () => {
    const kept: IntentModel = JSON.parse(JSON.stringify(model))
    expect(kept).toEqual(model)
    expect(JSON.stringify(trainIntents(intents))).toBe(JSON.stringify(model))
    expect(classifyIntent(kept, 'how much is it')).toEqual(classifyIntent(model, 'how much is it'))
  })

  it('works with one phrase, and with none', () => {
    const small = trainIntents({ prices: { phrases: { en: ['how much is it'] } }, empty: { phrases: { en: [] } }, none: { phrases: {} } })
    expect(best('how much is it?', small)).toMatchObject({ intent: 'prices' })
    expect(best('I like trains', small).score).toBeLessThan(THRESHOLD)
    expect(classifyIntent(trainIntents({}), 'hello')).toEqual([])
  })

  it('learns twenty intents of twenty phrases', () => {
    const verbs = ['order', 'cancel', 'change', 'return', 'track', 'pay', 'rate', 'find', 'book', 'print']
    const many = Object.fromEntries(
      Array.from({ length: 20 }, (_, i) => [
        `intent_${i}`,
        { phrases: { en: Array.from({ length: 20 }, (_, j) => `please ${verbs[(i + j) % 10]} thing${i} number ${j} for customer${j * i}`) } },
      ]),
    )
    expect(classifyIntent(trainIntents(many), 'please order thing0 number 0 for customer0')[0]?.intent).toBe('intent_0')
  })
})
