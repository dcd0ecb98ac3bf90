import { describe, expect, it } from 'vitest'
import { detectLanguage } from '../../../server/engine/language/index.ts'

describe('language', () => {
  const sentences: Readonly<Record<string, string>> = {
    'Could you tell me when my parcel will arrive?': 'en',
    'Können Sie mir bitte sagen, wann mein Paket ankommt?': 'de',
    "Pouvez-vous me dire quand mon colis va arriver, s'il vous plaît ?": 'fr',
    '¿Me podría decir cuándo va a llegar mi paquete?': 'es',
    'Скажите, пожалуйста, когда придёт моя посылка?': 'ru',
    荷物はいつ届きますか: 'ja',
    ขอทราบราคาสินค้าหน่อย: 'th',
  }
  for (const [text, language] of Object.entries(sentences)) {
    it(`"${text}" is ${language}`, () => expect(detectLanguage(text, ['en', 'de', 'fr', 'es', 'ru', 'ja', 'th'])).toBe(language))
  }

  it('says nothing about short texts and about candidates it does not know', () => {
    for (const text of ['hi', 'ok', '', '12345 67890 12345', '🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂']) expect(detectLanguage(text, ['en', 'de']), text).toBeNull()
    expect(detectLanguage('Could you tell me when my parcel will arrive?', ['tlh'])).toBeNull()
  })

  it('needs more letters among all languages than among a few', () => {
    expect(detectLanguage('when are you open', ['en', 'de'])).toBe('en')
    expect(detectLanguage('when are you open')).toBeNull()
  })

  it('gives the candidate as it was spelled', () => {
    expect(detectLanguage('Could you tell me when my parcel will arrive?', ['de-AT', 'en-US'])).toBe('en-US')
  })

  it('knows many languages when there are no candidates', () => {
    expect(detectLanguage('Kunt u mij vertellen wanneer mijn pakket wordt bezorgd?')).toBe('nl')
  })
})
