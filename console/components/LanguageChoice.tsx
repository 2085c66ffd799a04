import { For } from 'solid-js'
import { languages, setLanguage, useCopy, useLanguage, type Language } from '../copy/index.ts'

/** The language switch; each language names itself. */
export const LanguageChoice = () => {
  const copy = useCopy()
  const language = useLanguage()
  return (
    <label class="language">
      {copy().language}
      <select value={language()} onChange={(event) => setLanguage(event.currentTarget.value as Language)}>
        <For each={Object.entries(languages)}>
          {([code, entry]) => (
            <option value={code} lang={code} selected={code === language()}>
              {entry.name}
            </option>
          )}
        </For>
      </select>
    </label>
  )
}
