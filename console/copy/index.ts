import { createSignal, type Accessor } from 'solid-js'
import { pickLanguage, type Language } from '#domain/languages.ts'
import { namesOf } from '../lib/formats.ts'
import { en, type Copy } from './en/index.ts'

export type { Language } from '#domain/languages.ts'
export type { Copy } from './en/index.ts'

/** The words of a language; all but English are fetched when wanted. */
export const load = async (language: Language): Promise<Copy> =>
  language === 'en' ? en : ((await import(`./${language}/index.ts`)) as { words: Copy }).words

const kept = 'countersign.language'

// A preference, nothing sensitive (F11).
const initial = (): Language => pickLanguage([localStorage.getItem(kept) ?? '', ...navigator.languages])

const [copy, setCopy] = createSignal<Copy>(en)
const [language, show] = createSignal<Language>('en')

/** Fetches a language's words, shows them and remembers the choice. */
export const setLanguage = (wanted: Language): void => {
  localStorage.setItem(kept, wanted)
  void speak(wanted)
}

/** Fetches a language's words and shows them. */
export const speak = async (wanted: Language): Promise<void> => {
  show(wanted)
  const words = await load(wanted)
  if (wanted !== language()) return
  document.documentElement.lang = wanted
  setCopy(() => words)
}

/** Called once, before the first page is shown. */
export const speakInitially = (): Promise<void> => speak(initial())

/** The words of the chosen language, as an accessor. */
export const useCopy = (): Accessor<Copy> => copy

/** The chosen language, as an accessor. */
export const useLanguage = (): Accessor<Language> => language

/** A language of messages, in the chosen one. */
export const languageName = (code: Language): string =>
  namesOf(language(), { type: 'language', fallback: 'code' }).of(code) ?? code
