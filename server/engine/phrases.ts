/** What Parley itself says to a contact, in one place so that languages can be added. */

const PHRASES = {
  no_longer_active: {
    en: 'This button is no longer active.',
    de: 'Diese Schaltfläche ist nicht mehr aktiv.',
    es: 'Este botón ya no está activo.',
    fr: 'Ce bouton n’est plus actif.',
  },
  too_fast: {
    en: 'That was a lot at once. I answer again in a minute.',
    de: 'Das war viel auf einmal. In einer Minute antworte ich wieder.',
    es: 'Ha sido mucho de golpe. Vuelvo a responder en un minuto.',
    fr: 'Cela fait beaucoup d’un coup. Je réponds de nouveau dans une minute.',
  },
} as const

/** The phrase in the wished language, else in English. */
export function phrase(name: keyof typeof PHRASES, language: string | undefined): string {
  const texts: Readonly<Record<string, string>> = PHRASES[name]
  return texts[language?.split('-')[0] ?? 'en'] ?? PHRASES[name].en
}

/** The text of a map by language: the same tag, then the same base language, then the first by its tag. */
export function pickByLanguage(texts: string | Readonly<Record<string, string>>, language: string | undefined): string | undefined {
  if (typeof texts === 'string') return texts
  const base = language?.split('-')[0]
  return (language ? texts[language] : undefined) ?? (base ? texts[base] : undefined) ?? texts[Object.keys(texts).sort()[0] ?? '']
}
