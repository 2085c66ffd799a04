import type { DrawnSheet } from '#api/contract/portal.ts'
import { readersLocale } from '#platform/ui/locale.ts'
import type { Language } from '../copy/index.ts'
import { useLaterCopy } from '../copy/later.ts'
import { Each } from './Each.tsx'

/** The sheet itself. On paper nothing of the page is left but this. */
export const SheetCodes = (props: {
  sheet: DrawnSheet
  isBusy: boolean
  language: Language
  onPrinted: () => void
}) => {
  const later = useLaterCopy()
  const words = () => later().sheet
  const today = () =>
    new Intl.DateTimeFormat(readersLocale(props.language), { dateStyle: 'long' }).format(new Date())
  return (
    <section class="card sheet" aria-label={words().title}>
      <h2>{words().title}</h2>
      <p class="small">{words().made(today())}</p>
      <ol>
        <Each of={props.sheet.codes}>
          {(code) => (
            <li>
              <code>{code}</code>
            </li>
          )}
        </Each>
      </ol>
      <p>{words().keep}</p>
      <div class="screen-only">
        <p class="muted small">{words().onlyNow}</p>
        <button type="button" class="choice" aria-disabled={props.isBusy} onClick={() => print()}>
          {words().print}
        </button>
        <button type="button" class="main" aria-disabled={props.isBusy} onClick={() => props.onPrinted()}>
          {words().printed}
        </button>
      </div>
    </section>
  )
}
