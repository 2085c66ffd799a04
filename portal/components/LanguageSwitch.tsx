import { useCopy, type Language } from '../copy/index.ts'

/** Every language by its own name. */
export const LanguageSwitch = (props: { language: Language; onChange: (language: Language) => void }) => {
  const copy = useCopy()
  return (
    <select
      aria-label={copy().language}
      value={props.language}
      onChange={(event) => props.onChange(event.currentTarget.value as Language)}
    >
      <option value="en" lang="en">
        English
      </option>
      <option value="de" lang="de">
        Deutsch
      </option>
    </select>
  )
}
