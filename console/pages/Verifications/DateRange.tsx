import { createEffect, createSignal, For, Show } from 'solid-js'
import { useCopy, useLanguage } from '../../copy/index.ts'
import { closeOnLeave } from '../../lib/close-on-leave.ts'

type Change = (change: { from: string | null; to: string | null }) => void

const presets = [1, 7, 30, 90] as const
const dayMs = 86_400_000

/** The local day of an instant, as a date field holds it. */
const dayOf = (at: string | undefined): string => {
  if (at === undefined) return ''
  const local = new Date(at)
  const pad = (value: number) => String(value).padStart(2, '0')
  return `${local.getFullYear()}-${pad(local.getMonth() + 1)}-${pad(local.getDate())}`
}
/** The instant at which a local day begins, `later` days after. */
const startOf = (day: string, later = 0): string => {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date + later).toISOString()
}

/** Two native date fields with Apply and Reset, and the usual periods. Days are the reader's. */
export const DateRange = (props: { from: string | undefined; to: string | undefined; onChange: Change }) => {
  const copy = useCopy()
  const language = useLanguage()
  const [from, setFrom] = createSignal('')
  const [to, setTo] = createSignal('')
  const isBackwards = () => from() !== '' && to() !== '' && from() > to()
  let menu: HTMLDetailsElement | undefined
  createEffect(() => {
    setFrom(dayOf(props.from))
    // `to` is the instant after the last day.
    setTo(props.to === undefined ? '' : dayOf(new Date(new Date(props.to).getTime() - 1).toISOString()))
  })
  const close = () => {
    if (menu) menu.open = false
  }
  const apply = (event: Event) => {
    event.preventDefault()
    if (isBackwards()) return
    props.onChange({ from: from() ? startOf(from()) : null, to: to() ? startOf(to(), 1) : null })
    close()
  }
  const choose = (days: number) => {
    props.onChange({
      from: startOf(dayOf(new Date(Date.now() - (days - 1) * dayMs).toISOString())),
      to: null,
    })
    close()
  }
  const summary = () => {
    if (props.from === undefined && props.to === undefined) return copy().dates.any
    const format = new Intl.DateTimeFormat(language(), { day: 'numeric', month: 'short' })
    const name = (day: string) => (day ? format.format(new Date(`${day}T12:00`)) : '…')
    return `${name(from())} – ${name(to())}`
  }
  return (
    <details
      class="menu"
      ref={(element) => {
        menu = element
        closeOnLeave(element)
      }}
    >
      <summary class="button" classList={{ chosen: props.from !== undefined || props.to !== undefined }}>
        {summary()} <span aria-hidden="true">▾</span>
      </summary>
      <form class="menu-body" onSubmit={apply} aria-label={copy().dates.label}>
        <div class="presets">
          <For each={presets}>
            {(days) => (
              <button type="button" onClick={() => choose(days)}>
                {copy().dates.last(days)}
              </button>
            )}
          </For>
        </div>
        <label>
          {copy().dates.from}
          <input type="date" value={from()} onInput={(event) => setFrom(event.currentTarget.value)} />
        </label>
        <label>
          {copy().dates.to}
          <input type="date" value={to()} onInput={(event) => setTo(event.currentTarget.value)} />
        </label>
        <Show when={isBackwards()}>
          <p class="error" role="alert">
            {copy().dates.backwards}
          </p>
        </Show>
        <div class="tools">
          <button
            type="button"
            onClick={() => {
              props.onChange({ from: null, to: null })
              close()
            }}
          >
            {copy().dates.reset}
          </button>
          <button class="main" disabled={isBackwards()}>
            {copy().dates.apply}
          </button>
        </div>
      </form>
    </details>
  )
}
