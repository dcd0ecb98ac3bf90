/**
 * A plain classifier of messages by example phrases. Each phrase is a vector of words, word pairs and letter triples, weighted by how
 * rare they are among the intents; a message is as likely an intent as it resembles the intent's phrases, and what it says beyond
 * all known words counts against every intent, so that it can say "I don't know".
 */
import { normalise, tokens } from './normalise.ts'
import { STOP_WORDS } from './stop-words.ts'
import { isWithin, typosAllowed } from './typos.ts'

/** Training phrases by language; all languages are known at once. */
export interface IntentPhrases {
  readonly phrases: Readonly<Record<string, readonly string[]>>
}

/** What training leaves: plain JSON, kept with the version (rule 38). Lists run in parallel. */
export interface IntentModel {
  /** Ids in the order of the file; ties go to the earlier. */
  readonly intents: readonly string[]
  /** Place in `intents` of each phrase. */
  readonly phrase_intents: readonly number[]
  /** By feature: weight of its rarity, then pairs of phrase and share in that phrase's vector. */
  readonly features: Readonly<Record<string, readonly number[]>>
  /** Weight of rarity of a word that no phrase has. */
  readonly unknown: number
}

/** How well an intent fits, 0 to 1. */
export interface IntentScore {
  readonly intent: string
  readonly score: number
}

/** Learns from phrases. Same phrases, same model, to the byte. */
export function trainIntents(intents: Readonly<Record<string, IntentPhrases>>): IntentModel {
  const ids = Object.keys(intents)
  const phraseIntents: number[] = []
  const counted: ReadonlyMap<string, number>[] = []
  const intentsOf = new Map<string, Set<number>>()
  ids.forEach((id, intent) => {
    const seen = new Set<string>()
    for (const phrase of Object.values(intents[id]?.phrases ?? {}).flat()) {
      const features = featuresOf(phrase)
      const key = normalise(phrase)
      if (features.size === 0 || seen.has(key)) continue
      seen.add(key)
      phraseIntents.push(intent)
      counted.push(features)
      for (const feature of features.keys()) {
        const users = intentsOf.get(feature)
        if (users) users.add(intent)
        else intentsOf.set(feature, new Set([intent]))
      }
    }
  })

  const rarity = (users: number): number => round(Math.log((ids.length + 1) / (users + 0.5)) + 0.5)
  const features: Record<string, number[]> = {}
  // Code-point order: the model is hashed with the version, and must not depend on which phrase came first.
  for (const feature of [...intentsOf.keys()].sort()) features[feature] = [rarity(intentsOf.get(feature)?.size ?? 0)]
  counted.forEach((phrase, index) => {
    const weighted = [...phrase].map(([feature, weight]) => [feature, weight * (features[feature]?.[0] ?? 0)] as const)
    const length = Math.hypot(...weighted.map(([, weight]) => weight))
    for (const [feature, weight] of weighted) features[feature]?.push(index, round(weight / length))
  })
  return { intents: ids, phrase_intents: phraseIntents, features, unknown: rarity(1) }
}

/** Every intent with its score, best first; scores are rounded to three places and ties keep the order of the file (rule 38). */
export function classifyIntent(model: IntentModel, text: string): readonly IntentScore[] {
  const message = featuresOf(text, word => knownWord(model, word))
  const likeness = new Float64Array(model.phrase_intents.length)
  let square = 0
  for (const [feature, count] of message) {
    const known = Object.hasOwn(model.features, feature) ? model.features[feature] : undefined
    const weight = count * (known?.[0] ?? model.unknown)
    square += weight * weight
    if (!known) continue
    for (let i = 1; i < known.length; i += 2) {
      const phrase = known[i] ?? 0
      likeness[phrase] = (likeness[phrase] ?? 0) + weight * (known[i + 1] ?? 0)
    }
  }
  const length = Math.sqrt(square) || 1
  const best = nearest(model, likeness, length)
  const total = best.reduce((sum, each) => sum + each ** SHARPNESS, 0)
  return model.intents
    .map((intent, index) => {
      const resemblance = best[index] ?? 0
      const share = total > 0 ? resemblance ** SHARPNESS / total : 0
      return { intent, score: Math.round(confidence(resemblance) * share * 1000) / 1000 }
    })
    .sort((a, b) => b.score - a.score)
}

/** Words of a model, so that a mistyped one can be found; a model never changes, so they are listed once. */
const vocabularies = new WeakMap<IntentModel, readonly string[]>()

/** The word itself when a phrase has it or nothing is near it, else the first word that it may be a typo of. */
function knownWord(model: IntentModel, word: string): string {
  const typos = typosAllowed(word)
  if (typos === 0 || Object.hasOwn(model.features, word)) return word
  let vocabulary = vocabularies.get(model)
  if (!vocabulary) {
    vocabulary = Object.keys(model.features).filter(feature => /^[^# ]{5,}$/u.test(feature))
    vocabularies.set(model, vocabulary)
  }
  return vocabulary.find(known => Math.abs(known.length - word.length) <= typos && isWithin(word, known, typos)) ?? word
}

/** How much a rival that is nearly as near takes from the best: the higher, the less. */
const SHARPNESS = 6
/** Where confidence is a half, and how steeply it rises; set on the held-out phrases of `test/engine/language/intents.json`. */
const HALF = 0.37
const STEEPNESS = 16

function confidence(resemblance: number): number {
  return 1 / (1 + Math.exp(-STEEPNESS * (resemblance - HALF)))
}

/** By intent, how near its phrases are: mostly the nearest one, a little the next, so that one odd phrase does not decide alone. */
function nearest(model: IntentModel, likeness: Float64Array, length: number): number[] {
  const first = new Array<number>(model.intents.length).fill(0)
  const second = new Array<number>(model.intents.length).fill(0)
  model.phrase_intents.forEach((intent, phrase) => {
    const near = (likeness[phrase] ?? 0) / length
    if (near > (first[intent] ?? 0)) {
      second[intent] = first[intent] ?? 0
      first[intent] = near
    } else if (near > (second[intent] ?? 0)) {
      second[intent] = near
    }
  })
  return first.map((near, intent) => Math.min(1, near + 0.25 * (second[intent] ?? 0)))
}

/** Shares of the kinds of features. Letters make typos and endings harmless; words and their pairs carry the sense. */
const WORD = 1
const STOP_WORD = 0.3
const PAIR = 0.4
const LETTERS = 0.4
/** Messages longer than this say no more about their intent, and would only cost time. */
const MOST_WORDS = 60

function featuresOf(text: string, spelled = (word: string): string => word): Map<string, number> {
  const features = new Map<string, number>()
  const add = (feature: string, weight: number): void => {
    features.set(feature, Math.max(features.get(feature) ?? 0, weight))
  }
  const words = tokens(normalise(text)).slice(0, MOST_WORDS).map(spelled)
  words.forEach((word, i) => {
    const stop = STOP_WORDS.has(word)
    add(word, stop ? STOP_WORD : WORD)
    const next = words[i + 1]
    if (next !== undefined) add(`${word} ${next}`, stop || STOP_WORDS.has(next) ? PAIR / 2 : PAIR)
    if (stop) return
    const padded = `_${word}_`
    const share = LETTERS / Math.sqrt(Math.max(1, padded.length - 2) / 3)
    for (let at = 0; at + 3 <= padded.length; at++) add(`#${padded.slice(at, at + 3)}`, share)
  })
  return features
}

/** Four places are enough for a score of three, and keep the model small. */
function round(value: number): number {
  return Math.round(value * 10_000) / 10_000
}
