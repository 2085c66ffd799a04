import { createEffect, createSignal, type Accessor } from 'solid-js'
import { enLater, type LaterCopy } from './en-later.ts'
import { useLanguage, type Language } from './index.ts'

const load: Readonly<Record<Language, () => Promise<LaterCopy>>> = {
  en: () => Promise.resolve(enLater),
  de: () => import('./de-later.ts').then((module) => module.deLater),
}

const [later, setLater] = createSignal<LaterCopy>(enLater)

/** Keeps the words of the later steps in the chosen language; called once, by what shows those steps. */
export const followLanguage = (): void => {
  const language = useLanguage()
  createEffect(() => {
    const wanted = language()
    void load[wanted]().then((words) => {
      if (wanted === language()) setLater(() => words)
    })
  })
}

/** The words of the later steps, as an accessor. */
export const useLaterCopy = (): Accessor<LaterCopy> => later
