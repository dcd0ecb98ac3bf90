import type { ReactNode } from 'react'
import type { Words } from '../../../server/engine/index.ts'
import { words as said } from '../../words/en.ts'
import { withWords, wordsIn } from './by-language.ts'
import { Chips } from './Chips.tsx'
import { useFormScope } from './form-scope.tsx'
import { isNeeded, schemaAt, valueAt } from './pointer.ts'

interface WordsSettingProps {
  readonly at: string
  readonly label?: string
  readonly placeholder?: string
  readonly help?: boolean
  /** The label is for screen readers only: a card says what the words are. */
  readonly bare?: boolean
}

/** Words and phrases of the chosen language. */
export function WordsSetting({ at, label, placeholder, help = true, bare = false }: WordsSettingProps): ReactNode {
  const { block, flow, language, set, readOnly } = useFormScope()
  const schema = schemaAt(block.type, at)
  // The schema says that words are nothing else.
  const value = valueAt(block, at) as Words | undefined
  const name = label ?? schema.title ?? at
  const isOptional = value === undefined || !isNeeded(block.type, at)
  return (
    <div className="field" data-at={at}>
      {!bare && <div className="field-label">{name}</div>}
      <Chips
        key={language}
        label={name}
        add={said.inspector.word}
        placeholder={placeholder}
        values={wordsIn(value, language, flow.languages)}
        language={language}
        readOnly={readOnly}
        onChange={next => {
          const all = withWords(value, language, next, flow.languages)
          set(at, isOptional && Array.isArray(all) && all.length === 0 ? undefined : all)
        }}
      />
      {!bare && help && schema.description && <p className="field-help">{schema.description}</p>}
    </div>
  )
}

interface ListSettingProps extends WordsSettingProps {
  readonly add: string
  readonly mono?: boolean
  readonly commas?: boolean
  check?(value: string): string | undefined
}

/** A list of texts that are the same in every language: tags, links, patterns. An empty one is left out. */
export function ListSetting({ at, label, placeholder, help = true, bare = false, add, mono = false, commas = true, check }: ListSettingProps): ReactNode {
  const { block, set, readOnly } = useFormScope()
  const schema = schemaAt(block.type, at)
  const value = valueAt(block, at)
  const name = label ?? schema.title ?? at
  return (
    <div className="field" data-at={at}>
      {!bare && <div className="field-label">{name}</div>}
      <Chips
        label={name}
        add={add}
        placeholder={placeholder}
        values={Array.isArray(value) ? value.map(String) : []}
        mono={mono}
        commas={commas}
        readOnly={readOnly}
        {...(check && { check })}
        onChange={next => set(at, next.length === 0 ? undefined : next)}
      />
      {!bare && help && schema.description && <p className="field-help">{schema.description}</p>}
    </div>
  )
}
