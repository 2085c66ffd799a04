import { createSignal, type Accessor } from 'solid-js'
import type { Language } from '#domain/languages.ts'
import { words as english, type Copy } from './en/index.ts'

export { pickLanguage, type Language } from '#domain/languages.ts'
export type { Copy } from './en/index.ts'

/** By their path. */
const others = import.meta.glob<{ words: Copy }>(['./*/index.ts', '!./en/index.ts'])

/** The words of a language; all but English are fetched when wanted. */
export const load = async (language: Language): Promise<Copy> =>
  (await others[`./${language}/index.ts`]?.())?.words ?? english

const [copy, setCopy] = createSignal<Copy>(english)
let wanted: Language = 'en'

/** The language asked for last; words of another that arrive late are not shown. */
export const wantedLanguage = (): Language => wanted

/** Fetches a language's words and shows them; one page speaks one language. Words that cannot be fetched change nothing. */
export const speak = async (language: Language): Promise<void> => {
  wanted = language
  const words = await load(language).catch(() => null)
  if (language !== wanted || words === null) return
  document.documentElement.lang = language
  setCopy(() => words)
}

/** The words of the chosen language, as an accessor. */
export const useCopy = (): Accessor<Copy> => copy
