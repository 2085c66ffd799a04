import { For } from 'solid-js'
import { languages, ownName } from '#domain/languages.ts'
import { setLanguage, useCopy, useLanguage, type Language } from '../copy/index.ts'

/** The language switch; each language names itself. */
export const LanguageChoice = () => {
  const copy = useCopy()
  const language = useLanguage()
  return (
    <label class="language">
      {copy().language}
      <select value={language()} onChange={(event) => setLanguage(event.currentTarget.value as Language)}>
        <For each={languages}>
          {(code) => (
            <option value={code} lang={code} selected={code === language()}>
              {ownName(code)}
            </option>
          )}
        </For>
      </select>
    </label>
  )
}
