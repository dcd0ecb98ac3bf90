/** The languages a flow speaks: the first one stands in where a text lacks another. */
import { ActionIcon, Menu } from '@mantine/core'
import { type ReactNode, useId, useMemo, useState } from 'react'
import { languageName } from '../../server/engine/index.ts'
import { useDraft } from '../draft/index.ts'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { words } from '../words/en.ts'
import { KNOWN_LANGUAGES } from './fields/index.ts'

/** A language tag as the file takes it: `de`, `pt-BR`. */
const TAG = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/

/** Rows in order, and a field that finds a language by its name or its tag. */
export function Languages(): ReactNode {
  const languages = useDraft(draft => draft.flow.languages)
  const edit = useDraft(draft => draft.edit)
  const readOnly = useDraft(draft => draft.readOnly)
  const save = (next: readonly string[]) => edit(now => ({ ...now, languages: next }))
  return (
    <div className="field">
      <div className="field-label" id="languages-of-flow">
        {words.inspector.flow.languages}
      </div>
      <ul className="languages" aria-labelledby="languages-of-flow">
        {languages.map((language, place) => (
          <li key={language}>
            <span>{languageName(language)}</span>
            {place === 0 && languages.length > 1 && <span className="languages-first">{words.inspector.flow.firstLanguage}</span>}
            {!readOnly && languages.length > 1 && (
              <LanguageMenu
                language={language}
                isFirst={place === 0}
                makeFirst={() => save([language, ...languages.filter(other => other !== language)])}
                remove={() => save(languages.filter(other => other !== language))}
              />
            )}
          </li>
        ))}
      </ul>
      {!readOnly && <AddLanguage spoken={languages} add={language => save([...languages, language])} />}
      <p className="field-help">{words.inspector.flow.languagesHelp}</p>
    </div>
  )
}

interface LanguageMenuProps {
  readonly language: string
  readonly isFirst: boolean
  makeFirst(): void
  remove(): void
}

function LanguageMenu({ language, isFirst, makeFirst, remove }: LanguageMenuProps): ReactNode {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size={24} aria-label={words.inspector.flow.moreOfLanguage(languageName(language))}>
          <Icon path={icons.more} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {!isFirst && <Menu.Item onClick={makeFirst}>{words.inspector.flow.makeFirst}</Menu.Item>}
        <Menu.Item onClick={remove}>{words.inspector.flow.removeLanguage}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

/** Offers languages by name; Enter takes what is written, by name, by its beginning, or by its tag. */
function AddLanguage({ spoken, add }: { readonly spoken: readonly string[]; add(language: string): void }): ReactNode {
  const [written, setWritten] = useState('')
  const [isUnknown, setUnknown] = useState(false)
  const list = useId()
  const offered = useMemo(
    () => KNOWN_LANGUAGES.filter(tag => !spoken.includes(tag)).sort((one, other) => languageName(one).localeCompare(languageName(other))),
    [spoken],
  )
  const keep = () => {
    const language = findLanguage(written, offered)
    setUnknown(language === undefined && written.trim() !== '')
    if (language === undefined) return
    setWritten('')
    if (!spoken.includes(language)) add(language)
  }
  return (
    <>
      <div className="add-line">
        <Icon path={icons.plus} size={13} />
        <input
          list={list}
          value={written}
          aria-label={words.inspector.flow.addLanguage}
          aria-invalid={isUnknown || undefined}
          aria-describedby={isUnknown ? `${list}wrong` : undefined}
          placeholder={words.inspector.flow.addLanguage}
          onChange={event => {
            setWritten(event.target.value)
            setUnknown(false)
          }}
          onBlur={keep}
          onKeyDown={event => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            keep()
          }}
        />
        <datalist id={list}>
          {offered.map(tag => (
            <option key={tag} value={languageName(tag)} />
          ))}
        </datalist>
      </div>
      {isUnknown && (
        <p id={`${list}wrong`} className="field-wrong">
          {words.inspector.flow.noLanguage}
        </p>
      )}
    </>
  )
}

function findLanguage(written: string, offered: readonly string[]): string | undefined {
  const wanted = written.trim().toLowerCase()
  if (wanted === '') return undefined
  const named = offered.find(tag => languageName(tag).toLowerCase() === wanted)
  if (named !== undefined) return named
  // A tag that the list does not know, like `de-AT`, is taken as it is written.
  if (TAG.test(written.trim()) && languageName(written.trim()) !== written.trim()) return written.trim()
  return wanted.length > 2 ? offered.find(tag => languageName(tag).toLowerCase().startsWith(wanted)) : undefined
}
