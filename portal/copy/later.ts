import { createSignal, type Accessor } from 'solid-js'
import { enLater, type LaterCopy } from './en-later.ts'
import { wantedLanguage, type Language } from './index.ts'

const load: Readonly<Record<Language, () => Promise<LaterCopy>>> = {
  en: () => Promise.resolve(enLater),
  de: () => import('./de-later.ts').then((module) => module.deLater),
}

const [later, setLater] = createSignal<LaterCopy>(enLater)

/** Fetches the words of the later steps in a language and shows them. Rejects when they cannot be fetched. */
export const speakLater = async (language: Language): Promise<void> => {
  const words = await load[language]()
  if (language === wantedLanguage()) setLater(() => words)
}

/** The words of the later steps, as an accessor. */
export const useLaterCopy = (): Accessor<LaterCopy> => later
