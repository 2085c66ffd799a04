import { Show, type JSX } from 'solid-js'
import { useCopy, type Language } from '../copy/index.ts'
import type { Visit } from '../visit.ts'
import { LanguageSwitch } from './LanguageSwitch.tsx'

/** Around every step: the organisation's name, the language, and the help desk's number. */
export const Frame = (props: {
  visit: Visit
  language: Language
  onLanguage: (language: Language) => void
  children: JSX.Element
}) => {
  const copy = useCopy()
  return (
    <>
      <header class="top">
        <strong>{props.visit.brand()?.name ?? copy().title}</strong>
        <LanguageSwitch language={props.language} onChange={props.onLanguage} />
      </header>
      <main>{props.children}</main>
      <footer>
        <Show when={props.visit.brand()?.helpdeskPhone}>
          {(phone) => (
            <p>
              {copy().helpDesk} <a href={`tel:${phone().replace(/[^+\d]/g, '')}`}>{phone()}</a>
            </p>
          )}
        </Show>
      </footer>
    </>
  )
}
