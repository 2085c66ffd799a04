import { createSignal, type Accessor } from 'solid-js'
import { en, type Copy } from './en.ts'

export type { Copy } from './en.ts'

/** The portal's languages; all but the first are fetched when wanted. */
export const languages = {
  en: { name: 'English', load: () => Promise.resolve(en) },
  de: { name: 'Deutsch', load: () => import('./de.ts').then((module): Copy => module.de) },
} as const

/** One language. */
export type Language = keyof typeof languages

const [copy, setCopy] = createSignal<Copy>(en)
const [language, setLanguage] = createSignal<Language>('en')

/** The first of the browser's languages that the portal speaks. */
export const pickLanguage = (wanted: readonly string[]): Language =>
  wanted.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag): tag is Language => tag in languages) ?? 'en'

/** Fetches a language's words and shows them; one page speaks one language. */
export const speak = async (wanted: Language): Promise<void> => {
  setLanguage(wanted)
  const words = await languages[wanted].load()
  if (wanted !== language()) return
  document.documentElement.lang = wanted
  setCopy(() => words)
}

/** The chosen language, as an accessor. */
export const useLanguage = (): Accessor<Language> => language

/** The words of the chosen language, as an accessor. */
export const useCopy = (): Accessor<Copy> => copy
