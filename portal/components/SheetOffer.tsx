import { createSignal, Match, Show, Switch } from 'solid-js'
import type { DrawnSheet } from '#api/contract/portal.ts'
import type { Language } from '../copy/index.ts'
import { useLaterCopy } from '../copy/later.ts'
import type { Visit } from '../visit.ts'
import { SheetCodes } from './SheetCodes.tsx'

/** Draws a sheet and makes it count. The codes are in this page alone, and only while it is open. */
const createSheet = (visit: () => Visit) => {
  const [sheet, setSheet] = createSignal<DrawnSheet | null>(null)
  const [isDrawing, setDrawing] = createSignal(false)
  const [isFailed, setFailed] = createSignal(false)
  const draw = async () => {
    if (isDrawing()) return
    setDrawing(true)
    const drawn = await visit()
      .call('portal.drawSheet', { body: {} })
      .catch(() => null)
    setSheet(drawn)
    setFailed(drawn === null)
    setDrawing(false)
    if (drawn === null) await visit().refresh()
  }
  const activate = async (sheetId: string) => {
    const isDone = (await visit().go('portal.activateSheet', { body: { sheetId } })) !== null
    const status = visit().refusedAs()
    const isLost = status === null || status >= 500
    // A request that did not arrive is made again with the same codes. After a refusal they are worth nothing: a newer sheet
    // was drawn.
    if (!isDone && isLost) return
    setFailed(!isDone)
    setSheet(null)
  }
  return { sheet, isDrawing, isFailed, draw, activate }
}

/** Offers a printed sheet of recovery codes once all is done. It counts for nothing until the participant has it on paper. */
export const SheetOffer = (props: { state: 'offered' | 'made'; visit: Visit; language: Language }) => {
  const later = useLaterCopy()
  const words = () => later().sheet
  const { sheet, isDrawing, isFailed, draw, activate } = createSheet(() => props.visit)
  const [isDeclined, setDeclined] = createSignal(false)
  const isBusy = () => isDrawing() || props.visit.isWorking()
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
          <SheetCodes
            sheet={drawn()}
            isBusy={isBusy()}
            language={props.language}
            onPrinted={() => void activate(drawn().sheetId)}
          />
        )}
      </Match>
      <Match when={!isDeclined()}>
        <section class="card" aria-label={words().heading}>
          <h2>{words().heading}</h2>
          <p>{words().story}</p>
          <p class="muted small">{words().wait}</p>
          <Show when={isFailed() && !isBusy()}>
            <p class="error" role="alert">
              {words().failed}
            </p>
          </Show>
          <div class="pair">
            <button type="button" class="choice" aria-disabled={isBusy()} onClick={() => setDeclined(true)}>
              {words().skip}
            </button>
            <button type="button" class="choice" aria-disabled={isBusy()} onClick={() => void draw()}>
              {words().make}
            </button>
          </div>
        </section>
      </Match>
    </Switch>
  )
}
