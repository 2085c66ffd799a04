import { createSignal, Match, Show, Switch } from 'solid-js'
import type { DrawnSheet } from '#api/contract/portal.ts'
import { readersLocale } from '#platform/ui/locale.ts'
import type { Language } from '../copy/index.ts'
import { useLaterCopy } from '../copy/later.ts'
import type { Visit } from '../visit.ts'
import { Each } from './Each.tsx'

/**
 * Offers a printed sheet of recovery codes once all is done. The codes are in this page alone, and only while it is open; they
 * count for nothing until the participant says that they printed them.
 */
export const SheetOffer = (props: { state: 'offered' | 'made'; visit: Visit; language: Language }) => {
  const later = useLaterCopy()
  const words = () => later().sheet
  const [sheet, setSheet] = createSignal<DrawnSheet | null>(null)
  const [isDrawing, setDrawing] = createSignal(false)
  const [isFailed, setFailed] = createSignal(false)
  const [isDeclined, setDeclined] = createSignal(false)
  const isBusy = () => isDrawing() || props.visit.isWorking()
  const draw = async () => {
    setDrawing(true)
    const drawn = await props.visit.call('portal.drawSheet', { body: {} }).catch(() => null)
    setSheet(drawn)
    setFailed(drawn === null)
    setDrawing(false)
    if (drawn === null) await props.visit.refresh()
  }
  const activate = async (sheetId: string) => {
    const isDone = (await props.visit.go('portal.activateSheet', { body: { sheetId } })) !== null
    setFailed(!isDone)
    // Another page of this case drew a newer sheet: these codes are worth nothing.
    setSheet(null)
  }
  const today = () =>
    new Intl.DateTimeFormat(readersLocale(props.language), { dateStyle: 'long' }).format(new Date())
  const failed = () => (
    <Show when={isFailed() && !isBusy()}>
      <p class="error" role="alert">
        {words().failed}
      </p>
    </Show>
  )
  return (
    <Switch>
      <Match when={props.state === 'made'}>
        <section class="card" aria-label={words().done}>
          <h2>{words().done}</h2>
          <p role="status">{words().doneMore}</p>
        </section>
      </Match>
      <Match when={sheet()}>
        {(drawn) => (
          <section class="card sheet" aria-label={words().title}>
            <h2>{words().title}</h2>
            <p class="small">{words().made(today())}</p>
            <ol>
              <Each of={drawn().codes}>
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
              <button type="button" class="choice" disabled={isBusy()} onClick={() => print()}>
                {words().print}
              </button>
              <button
                type="button"
                class="main"
                disabled={isBusy()}
                onClick={() => void activate(drawn().sheetId)}
              >
                {words().printed}
              </button>
            </div>
          </section>
        )}
      </Match>
      <Match when={!isDeclined()}>
        <section class="card" aria-label={words().heading}>
          <h2>{words().heading}</h2>
          <p>{words().story}</p>
          <p class="muted small">{words().wait}</p>
          {failed()}
          <div class="pair">
            <button type="button" class="choice" disabled={isBusy()} onClick={() => setDeclined(true)}>
              {words().skip}
            </button>
            <button type="button" class="choice" disabled={isBusy()} onClick={() => void draw()}>
              {words().make}
            </button>
          </div>
        </section>
      </Match>
    </Switch>
  )
}
