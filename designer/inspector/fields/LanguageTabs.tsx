import { SegmentedControl } from '@mantine/core'
import type { ReactNode } from 'react'
import { languageName } from '../../../server/engine/index.ts'
import { words } from '../../words/en.ts'
import { lacksLanguage } from './by-language.ts'
import { useFormScope } from './form-scope.tsx'

/** The languages of the flow; a dot where this block lacks a translation. */
export function LanguageTabs(): ReactNode {
  const { block, flow, language, chooseLanguage } = useFormScope()
  const { languages } = flow
  return <LanguagePicker languages={languages} language={language} onChoose={chooseLanguage} lacks={value => lacksLanguage(block, value, languages)} />
}

interface LanguagePickerProps {
  readonly languages: readonly string[]
  readonly language: string
  /** Something is not written in it. */
  lacks(language: string): boolean
  onChoose(language: string): void
}

/** Chooses the language of texts. Nothing for a flow of one language. */
export function LanguagePicker({ languages, language, lacks, onChoose }: LanguagePickerProps): ReactNode {
  if (languages.length < 2) return null
  return (
    <SegmentedControl
      className="language-tabs"
      aria-label={words.inspector.language}
      size="xs"
      value={language}
      onChange={onChoose}
      data={languages.map(value => ({ value, label: <LanguageTab language={value} lacks={lacks(value)} short={languages.length > 2} /> }))}
    />
  )
}

function LanguageTab(props: { readonly language: string; readonly lacks: boolean; readonly short: boolean }): ReactNode {
  const name = languageName(props.language)
  return (
    <>
      {props.short ? <abbr title={name}>{props.language}</abbr> : name}
      {props.lacks && <span className="language-dot" role="img" aria-label={words.inspector.lacksTexts} title={words.inspector.lacksTexts} />}
    </>
  )
}
