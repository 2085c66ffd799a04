import { createContext, useContext, type Accessor } from 'solid-js'
import { en, type Copy } from './en.ts'

export type { Copy } from './en.ts'

/** The portal's languages; all but the first are fetched when wanted. */
export const languages = {
  en: { name: 'English', load: () => Promise.resolve(en) },
  de: { name: 'Deutsch', load: () => import('./de.ts').then((module): Copy => module.de) },
} as const

/** One language. */
export type Language = keyof typeof languages

/** What is in the first response. */
export const copies = { en }

/** The first of the browser's languages that the portal speaks. */
export const pickLanguage = (wanted: readonly string[]): Language =>
  wanted.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag): tag is Language => tag in languages) ?? 'en'

export const CopyContext = createContext<Accessor<Copy>>(() => en)

/** The words of the chosen language, as an accessor. */
export const useCopy = (): Accessor<Copy> => useContext(CopyContext)
