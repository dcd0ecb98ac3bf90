import type { ReactNode } from 'react'
import type { Flow } from '../../../server/engine/index.ts'
import { words } from '../../words/en.ts'
import { useFormScope } from './form-scope.tsx'
import { AreaField } from './LineField.tsx'

/** The training phrases of an intent in the chosen language. They belong to the flow: every block that uses the intent learns them. */
export function Phrases({ intent }: { readonly intent: string }): ReactNode {
  const { flow, language, changeFlow, readOnly } = useFormScope()
  return <PhrasesField flow={flow} intent={intent} language={language} readOnly={readOnly} change={changeFlow} />
}

interface PhrasesFieldProps {
  readonly flow: Flow
  readonly intent: string
  readonly language: string
  readonly readOnly: boolean
  change(change: (flow: Flow) => Flow, gesture?: string): void
}

/** Phrases, one a line. */
export function PhrasesField({ flow, intent, language, readOnly, change }: PhrasesFieldProps): ReactNode {
  const phrases = flow.intents?.[intent]?.phrases[language] ?? []
  return (
    <AreaField
      key={language}
      label={words.inspector.phrases.title}
      end={words.inspector.phrases.count(phrases.length)}
      placeholder={words.inspector.phrases.placeholder}
      language={language}
      readOnly={readOnly}
      value={phrases.join('\n')}
      read={typed => ({ ok: true, value: linesOf(typed).join('\n') })}
      save={typed => change(now => withPhrases(now, intent, language, typed), `phrases/${intent}/${language}`)}
    />
  )
}

/** The flow with other phrases of an intent in a language; lines that say nothing are left out. */
export function withPhrases(flow: Flow, intent: string, language: string, typed: string): Flow {
  const lines = linesOf(typed)
  const declared = flow.intents?.[intent] ?? { phrases: {} }
  const { [language]: _old, ...others } = declared.phrases
  const phrases = lines.length === 0 ? others : { ...declared.phrases, [language]: lines }
  return { ...flow, intents: { ...flow.intents, [intent]: { ...declared, phrases } } }
}

function linesOf(typed: string): readonly string[] {
  return typed
    .split('\n')
    .map(line => line.trim())
    .filter((line, place, all) => line !== '' && all.indexOf(line) === place)
}
