import { createSignal, For, onCleanup, Show } from 'solid-js'
import { outcomes, shownOutcome } from '#domain/verification/outcome.ts'
import { states } from '#domain/verification/state.ts'
import { channels, purposes } from '#domain/verification/verification.ts'
import { useCopy } from '../../copy/index.ts'
import { useMay, useSession } from '../../session.tsx'
import { DateRange } from './DateRange.tsx'
import { MultiFilter } from './MultiFilter.tsx'
import { filterKeys, type ListFilters } from './query.ts'
import { RiskFilter } from './RiskFilter.tsx'

type OnChange = (change: Partial<Record<keyof ListFilters, string | null>>) => void
type Props = {
  filters: ListFilters
  referrers: readonly { id: string; name: string }[]
  onChange: OnChange
  onReset: () => void
}

const typingPauseMs = 250

/** Search and filters, all of them in the address. */
export const Filters = (props: Props) => {
  const copy = useCopy()
  const may = useMay()
  const isFiltered = () => filterKeys.some((key) => (props.filters[key] ?? '') !== '')
  return (
    <div class="filters" role="search" aria-label={copy().list.filters}>
      <Search q={props.filters.q} onChange={props.onChange} />
      <Show when={may('scores.read')}>
        <RiskFilter from={props.filters.riskFrom} to={props.filters.riskTo} onChange={props.onChange} />
      </Show>
      <ValueFilters {...props} />
      <DateRange from={props.filters.from} to={props.filters.to} onChange={props.onChange} />
      <Show when={isFiltered()}>
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
  const search = (text: string) => {
    clearTimeout(timer)
    const wanted = text.trim()
    setShort(wanted.length > 0 && wanted.length < 3)
    if (!isShort()) timer = setTimeout(() => props.onChange({ q: wanted || null }), typingPauseMs)
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

const valueFilters = ['outcome', 'state', 'referrer', 'purpose', 'channel'] as const
type ValueFilter = (typeof valueFilters)[number]

/** The filters that choose among known values. */
const ValueFilters = (props: Props) => {
  const copy = useCopy()
  const session = useSession()
  const named = <K extends string>(keys: readonly K[], names: Readonly<Record<K, string>>) =>
    keys.map((key) => ({ value: key, name: names[key] }))
  // An agent sees a report as a failed verification (security.md B9).
  const shownOutcomes = () =>
    outcomes.filter((outcome) => shownOutcome(outcome, session().staff.role) === outcome)
  const optionsOf = (filter: ValueFilter) =>
    ({
      outcome: named(shownOutcomes(), copy().outcomes),
      state: named(states, copy().states),
      referrer: props.referrers.map(({ id, name }) => ({ value: id, name })),
      purpose: named(purposes, copy().purposes),
      channel: named(channels, copy().channels),
    })[filter]
  return (
    <For each={valueFilters}>
      {(filter) => (
        <MultiFilter
          label={copy().columns[filter]}
          options={optionsOf(filter)}
          value={props.filters[filter] ?? ''}
          onChange={(value) => props.onChange({ [filter]: value })}
        />
      )}
    </For>
  )
}
