import { createSignal, type Accessor } from 'solid-js'
import { en, type Copy } from './en.ts'

export type { Copy } from './en.ts'

/** The portal's languages; all but the first are fetched when wanted. */
export const languages = {
  en: () => Promise.resolve(en),
  de: () => import('./de.ts').then((module): Copy => module.de),
} as const

/** One language. */
export type Language = keyof typeof languages

const [copy, setCopy] = createSignal<Copy>(en)
let wanted: Language = 'en'

/** The first of the browser's languages that the portal speaks. */
export const pickLanguage = (preferred: readonly string[]): Language =>
  preferred.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag): tag is Language => tag in languages) ??
  'en'

/** The language asked for last; words of another that arrive late are not shown. */
export const wantedLanguage = (): Language => wanted

/** Fetches a language's words and shows them; one page speaks one language. Words that cannot be fetched change nothing. */
export const speak = async (language: Language): Promise<void> => {
  wanted = language
  const words = await languages[language]().catch(() => null)
  if (language !== wanted || words === null) return
  document.documentElement.lang = language
  setCopy(() => words)
}

/** The words of the chosen language, as an accessor. */
export const useCopy = (): Accessor<Copy> => copy
