import { createEffect, createSignal, For, Show, type Accessor } from 'solid-js'
import { useCopy, useLanguage } from '../../copy/index.ts'
import { closeOnLeave } from '../../lib/close-on-leave.ts'
import { Pill } from './MultiFilter.tsx'

type Change = (change: { from: string | null; to: string | null; days: string | null }) => void

const presets = [1, 7, 30, 90] as const
const noPeriod = { from: null, to: null, days: null } as const

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

/** The period in the address: two instants, or the last so many days. */
type Range = { from: string | undefined; to: string | undefined; days: string | undefined }

/** The two fields as they are typed; they follow the address until Apply. */
const createDraft = (range: Accessor<Omit<Range, 'days'>>) => {
  const [from, setFrom] = createSignal('')
  const [to, setTo] = createSignal('')
  createEffect(() => {
    const { from: first, to: after } = range()
    setFrom(dayOf(first))
    // `to` is the instant after the last day.
    setTo(after === undefined ? '' : dayOf(new Date(new Date(after).getTime() - 1).toISOString()))
  })
  const isBackwards = () => from() !== '' && to() !== '' && from() > to()
  const change = () => ({
    from: from() ? startOf(from()) : null,
    to: to() ? startOf(to(), 1) : null,
    days: null,
  })
  return { from, setFrom, to, setTo, isBackwards, change }
}

/** Two native date fields with Apply and Reset, and the usual periods, which move with the days. Days are the reader's. */
export const DateRange = (props: Range & { onChange: Change }) => {
  const copy = useCopy()
  const language = useLanguage()
  const draft = createDraft(() => ({ from: props.from, to: props.to }))
  let menu: HTMLDetailsElement | undefined
  const settle: Change = (change) => {
    props.onChange(change)
    if (menu) menu.open = false
  }
  const isSet = () => props.from !== undefined || props.to !== undefined || props.days !== undefined
  const summary = () => {
    if (props.days !== undefined) return copy().dates.last(Number(props.days))
    if (!isSet()) return copy().dates.any
    const format = new Intl.DateTimeFormat(language(), { day: 'numeric', month: 'short' })
    const name = (day: string) => (day ? format.format(new Date(`${day}T12:00`)) : '…')
    return `${name(draft.from())} – ${name(draft.to())}`
  }
  return (
    <Pill label={copy().dates.label} isSet={isSet()} onClear={() => settle(noPeriod)}>
      <details
        class="menu"
        ref={(element) => {
          menu = element
          closeOnLeave(element)
        }}
      >
        <summary class="button" classList={{ chosen: isSet() }}>
          {summary()} <span aria-hidden="true">▾</span>
        </summary>
        <Fields draft={draft} onChange={settle} />
      </details>
    </Pill>
  )
}

const Fields = (props: { draft: ReturnType<typeof createDraft>; onChange: Change }) => {
  const copy = useCopy()
  const apply = (event: Event) => {
    event.preventDefault()
    if (!props.draft.isBackwards()) props.onChange(props.draft.change())
  }
  return (
    <form class="menu-body" onSubmit={apply} aria-label={copy().dates.label}>
      <div class="presets">
        <For each={presets}>
          {(days) => (
            <button type="button" onClick={() => props.onChange({ ...noPeriod, days: String(days) })}>
              {copy().dates.last(days)}
            </button>
          )}
        </For>
      </div>
      <label>
        {copy().dates.from}
        <input
          type="date"
          value={props.draft.from()}
          onInput={(event) => props.draft.setFrom(event.currentTarget.value)}
        />
      </label>
      <label>
        {copy().dates.to}
        <input
          type="date"
          value={props.draft.to()}
          onInput={(event) => props.draft.setTo(event.currentTarget.value)}
        />
      </label>
      <Show when={props.draft.isBackwards()}>
        <p class="error" role="alert">
          {copy().dates.backwards}
        </p>
      </Show>
      <div class="tools">
        <button type="button" onClick={() => props.onChange(noPeriod)}>
          {copy().dates.reset}
        </button>
        <button class="main" disabled={props.draft.isBackwards()}>
          {copy().dates.apply}
        </button>
      </div>
    </form>
  )
}
