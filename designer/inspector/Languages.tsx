/** The languages a flow speaks: the first one stands in where a text lacks another. */
import { ActionIcon, Menu, Select } from '@mantine/core'
import { type ReactNode, useMemo, useState } from 'react'
import { useDraft } from '../draft/index.ts'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { words } from '../words/en.ts'
import { KNOWN_LANGUAGES, languageName } from './fields/index.ts'

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

function AddLanguage({ spoken, add }: { readonly spoken: readonly string[]; add(language: string): void }): ReactNode {
  const [search, setSearch] = useState('')
  const options = useMemo(() => {
    const tags = KNOWN_LANGUAGES.filter(tag => !spoken.includes(tag))
    const written = search.trim()
    // A tag that the list does not know, like `pt-BR`, is taken as it is written.
    if (TAG.test(written) && languageName(written) !== written && !spoken.includes(written) && !tags.includes(written)) tags.push(written)
    return tags.map(value => ({ value, label: languageName(value) })).sort((one, other) => one.label.localeCompare(other.label))
  }, [spoken, search])
  return (
    <Select
      aria-label={words.inspector.flow.addLanguage}
      placeholder={words.inspector.flow.addLanguage}
      leftSection={<Icon path={icons.plus} size={13} />}
      rightSection={null}
      value={null}
      data={options}
      searchable
      searchValue={search}
      selectFirstOptionOnChange
      filter={({ options: all, search: written }) => all.filter(option => 'value' in option && fits(option, written.trim().toLowerCase()))}
      nothingFoundMessage={words.inspector.flow.noLanguage}
      onSearchChange={setSearch}
      onChange={language => {
        if (language !== null) add(language)
        setSearch('')
      }}
    />
  )
}

function fits({ value, label }: { readonly value: string; readonly label: string }, written: string): boolean {
  return label.toLowerCase().includes(written) || value.toLowerCase() === written
}
