import { createEffect, createSignal, For, onCleanup, Show } from 'solid-js'
import { useCopy } from '../../copy/index.ts'
import { useMay } from '../../session.tsx'
import { DateRange } from './DateRange.tsx'
import { MoreFilters } from './MoreFilters.tsx'
import { MultiFilter, Pill } from './MultiFilter.tsx'
import { furtherFilters, mainFilters, useOptions, type ValueFilter } from './options.ts'
import { isFiltered, isTooShort, type FilterChange, type ListFilters } from './query.ts'
import { RiskFilter } from './RiskFilter.tsx'

type OnChange = (change: FilterChange) => void
type Props = {
  filters: ListFilters
  referrers: readonly { id: string; name: string }[]
  /** The name of the one participant that the list is about, where it shows a row of theirs. */
  personName: string | undefined
  onChange: OnChange
  onReset: () => void
}

const typingPauseMs = 250

/** Search and filters, all of them in the address; each that is set can be taken away by itself. */
export const Filters = (props: Props) => {
  const copy = useCopy()
  const may = useMay()
  const { isOffered, valueOf } = useOptions()
  const further = () =>
    furtherFilters.filter((filter) => isOffered(filter) && valueOf(props.filters, filter) !== '')
  return (
    <div class="filters" role="search" aria-label={copy().list.filters}>
      <Search q={props.filters.q} onChange={props.onChange} />
      <Show when={may('scores.read')}>
        <RiskFilter from={props.filters.riskFrom} to={props.filters.riskTo} onChange={props.onChange} />
      </Show>
      <For each={mainFilters}>{(filter) => <ValueChoice {...props} filter={filter} />}</For>
      <DateRange
        from={props.filters.from}
        to={props.filters.to}
        days={props.filters.days}
        onChange={props.onChange}
      />
      <For each={further()}>{(filter) => <ValueChoice {...props} filter={filter} />}</For>
      <Marks {...props} />
      <MoreFilters filters={props.filters} onChange={props.onChange} />
      <Show when={isFiltered(props.filters)}>
        <button type="button" class="quiet" onClick={() => props.onReset()}>
          {copy().list.reset}
        </button>
      </Show>
    </div>
  )
}

const Search = (props: { q: string | undefined; onChange: OnChange }) => {
  const copy = useCopy()
  const [isShort, setShort] = createSignal(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => clearTimeout(timer))
  // The text in the address may have been typed there, or come with a link.
  createEffect(() => setShort(isTooShort(props.q)))
  const search = (text: string) => {
    clearTimeout(timer)
    setShort(isTooShort(text))
    if (!isShort()) timer = setTimeout(() => props.onChange({ q: text.trim() || null }), typingPauseMs)
  }
  return (
    <div class="search">
      <input
        type="search"
        data-search=""
        aria-label={copy().list.search}
        placeholder={copy().list.search}
        value={props.q ?? ''}
        onInput={(event) => search(event.currentTarget.value)}
      />
      <Show when={isShort()}>
        <span class="hint" role="status">
          {copy().list.searchShort}
        </span>
      </Show>
    </div>
  )
}

const ValueChoice = (props: Props & { filter: ValueFilter }) => {
  const { optionsOf, labelOf, valueOf } = useOptions()
  return (
    <MultiFilter
      label={labelOf(props.filter)}
      options={optionsOf(props.filter, props.referrers)}
      value={valueOf(props.filters, props.filter)}
      isSingle={props.filter === 'step'}
      onChange={(value) => props.onChange({ [props.filter]: value })}
    />
  )
}

/** Filters that have no menu here: they come from a tile of the dashboard, a person's card, or another menu. */
const Marks = (props: Props) => {
  const copy = useCopy()
  const hour = () => {
    const { weekday, hour: start, timeZone } = props.filters
    if (weekday === undefined || start === undefined) return null
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone
    const place = timeZone === undefined || timeZone === own ? '' : timeZone
    return copy().list.hour(copy().dashboard.weekdays[Number(weekday) - 1] ?? '', Number(start), place)
  }
  return (
    <>
      <Show when={hour()}>
        {(text) => (
          <Mark text={text()} onClear={() => props.onChange({ weekday: null, hour: null, timeZone: null })} />
        )}
      </Show>
      <Show when={props.filters.commented}>
        <Mark text={copy().list.commented} onClear={() => props.onChange({ commented: null })} />
      </Show>
      <Show when={props.filters.overturned}>
        <Mark text={copy().list.overturned} onClear={() => props.onChange({ overturned: null })} />
      </Show>
      <Show when={props.filters.personId}>
        <Mark
          text={props.personName ?? copy().list.person}
          onClear={() => props.onChange({ personId: null })}
        />
      </Show>
    </>
  )
}

const Mark = (props: { text: string; onClear: () => void }) => (
  <Pill label={props.text} isSet onClear={() => props.onClear()}>
    <span class="button chosen mark">{props.text}</span>
  </Pill>
)
