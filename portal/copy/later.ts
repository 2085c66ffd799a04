import { createSignal, type Accessor } from 'solid-js'
import { later as english, type LaterCopy } from './en/later.ts'
import { wantedLanguage, type Language } from './index.ts'

const [later, setLater] = createSignal<LaterCopy>(english)

/** By their path. */
const others = import.meta.glob<{ later: LaterCopy }>(['./*/later.ts', '!./en/later.ts'])

/** The words of the later steps in a language. */
export const loadLater = async (language: Language): Promise<LaterCopy> =>
  (await others[`./${language}/later.ts`]?.())?.later ?? english

/** Fetches the words of the later steps in a language and shows them. Rejects when they cannot be fetched. */
export const speakLater = async (language: Language): Promise<void> => {
  const words = await loadLater(language)
  if (language === wantedLanguage()) setLater(() => words)
}

/** The words of the later steps, as an accessor. */
export const useLaterCopy = (): Accessor<LaterCopy> => later
