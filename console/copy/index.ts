import { createSignal, type Accessor } from 'solid-js'
import { en, type Copy } from './en/index.ts'

export type { Copy } from './en/index.ts'

/** The console's languages; all but the first are fetched when wanted. */
export const languages = {
  en: { name: 'English', load: () => Promise.resolve(en) },
  de: { name: 'Deutsch', load: () => import('./de/index.ts').then((module): Copy => module.de) },
} as const

/** One language. */
export type Language = keyof typeof languages

const kept = 'countersign.language'

const pick = (wanted: readonly string[]): Language =>
  wanted.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag): tag is Language => tag in languages) ?? 'en'

// A preference, nothing sensitive (F11).
const initial = (): Language => pick([localStorage.getItem(kept) ?? '', ...navigator.languages])

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
  const words = await languages[wanted].load()
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
