/** The language that texts are shown in: chosen once, for every block. */
import { create } from 'zustand'

interface ChosenLanguage {
  readonly language: string
}

const useStore = create<ChosenLanguage>(() => ({ language: '' }))

/** The chosen language if the flow has it, else the flow's first. */
export function useLanguage(languages: readonly string[]): string {
  const chosen = useStore(({ language }) => language)
  return languages.includes(chosen) ? chosen : (languages[0] ?? 'en')
}

/** Shows texts in another language. */
export function chooseLanguage(language: string): void {
  useStore.setState({ language })
}
