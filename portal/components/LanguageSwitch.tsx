import { languages, ownName } from '#domain/languages.ts'
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
      {/* eslint-disable-next-line solid/prefer-for -- fixed rows; Solid's list renderer would be 4 % of the first response */}
      {languages.map((language) => (
        <option value={language} lang={language}>
          {ownName(language)}
        </option>
      ))}
    </select>
  )
}
