import { ActionIcon } from '@mantine/core'
import { type ReactNode, useId, useState } from 'react'
import { inWords } from '../blocks/index.ts'
import { useDraft } from '../draft/index.ts'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { words } from '../words/en.ts'
import { DeclaredName } from './DeclaredName.tsx'
import { AddName, freshId, PhrasesField, Scores } from './fields/index.ts'
import { useLanguage } from './language-store.ts'
import { useFlow } from './use-flow.ts'

/** The intents of the flow with their phrases, and a line to try a sentence against all of them. */
export function Intents(): ReactNode {
  const flow = useFlow()
  const edit = useDraft(draft => draft.edit)
  const readOnly = useDraft(draft => draft.readOnly)
  const language = useLanguage(flow.languages)
  const [sentence, setSentence] = useState('')
  const id = useId()
  const names = Object.keys(flow.intents ?? {})
  const remove = (name: string) =>
    edit(({ intents, ...now }) => {
      const { [name]: _old, ...others } = intents ?? {}
      return Object.keys(others).length === 0 ? now : { ...now, intents: others }
    })
  const add = (name: string) =>
    edit(now => ({ ...now, intents: { ...now.intents, [freshId(name, Object.keys(now.intents ?? {}), 'intent')]: { phrases: {} } } }))
  return (
    <>
      <p className="field-help">{words.inspector.flow.intentsHelp}</p>
      <ul className="cards">
        {names.map(name => (
          <li key={name} className="card" data-at={`/intents/${name}`}>
            <div className="card-head">
              <DeclaredName what="intents" name={name} />
              {!readOnly && (
                <ActionIcon size={22} aria-label={words.inspector.remove(inWords(name))} onClick={() => remove(name)}>
                  <Icon path={icons.close} size={13} />
                </ActionIcon>
              )}
            </div>
            <div className="card-body">
              <PhrasesField flow={flow} intent={name} language={language} readOnly={readOnly} change={edit} />
            </div>
          </li>
        ))}
      </ul>
      {!readOnly && <AddName label={words.inspector.flow.addIntent} onAdd={add} />}
      {names.length > 0 && (
        <section className="try-out" aria-label={words.inspector.tryTitle}>
          <div className="field-label">
            <label htmlFor={id}>{words.inspector.tryTitle}</label>
          </div>
          <span className="line">
            <input
              id={id}
              dir="auto"
              value={sentence}
              placeholder={words.inspector.intent.try}
              autoComplete="off"
              onChange={event => setSentence(event.target.value)}
            />
          </span>
          <Scores flow={flow} text={sentence} />
        </section>
      )}
    </>
  )
}
