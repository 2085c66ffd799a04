import { createSignal, onCleanup, Show } from 'solid-js'
import { outcomes, shownOutcome } from '#domain/verification/outcome.ts'
import { states } from '#domain/verification/state.ts'
import { channels, purposes } from '#domain/verification/verification.ts'
import { useCopy } from '../../copy/index.ts'
import { useMay, useSession } from '../../session.tsx'
import { DateRange } from './DateRange.tsx'
import { MultiFilter } from './MultiFilter.tsx'
import { filterKeys, type ListFilters } from './query.ts'
import { RiskFilter } from './RiskFilter.tsx'

type Props = {
  filters: ListFilters
  referrers: readonly { id: string; name: string }[]
  onChange: (change: Partial<Record<keyof ListFilters, string | null>>) => void
  onReset: () => void
}

const typingPauseMs = 250

/** Search and filters, all of them in the address. */
export const Filters = (props: Props) => {
  const copy = useCopy()
  const may = useMay()
  const session = useSession()
  const [isShort, setShort] = createSignal(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => clearTimeout(timer))
  const search = (text: string) => {
    clearTimeout(timer)
    const wanted = text.trim()
    setShort(wanted.length > 0 && wanted.length < 3)
    if (!isShort()) timer = setTimeout(() => props.onChange({ q: wanted || null }), typingPauseMs)
  }
  // An agent sees a report as a failed verification (security.md B9).
  const shownOutcomes = () =>
    outcomes.filter((outcome) => shownOutcome(outcome, session().staff.role) === outcome)
  const isFiltered = () => filterKeys.some((key) => (props.filters[key] ?? '') !== '')
  const named = <K extends string>(keys: readonly K[], names: Readonly<Record<K, string>>) =>
    keys.map((key) => ({ value: key, name: names[key] }))

  return (
    <div class="filters" role="search" aria-label={copy().list.filters}>
      <div class="search">
        <input
          type="search"
          data-search=""
          aria-label={copy().list.search}
          placeholder={copy().list.search}
          value={props.filters.q ?? ''}
          onInput={(event) => search(event.currentTarget.value)}
        />
        <Show when={isShort()}>
          <span class="hint" role="status">
            {copy().list.searchShort}
          </span>
        </Show>
      </div>
      <Show when={may('scores.read')}>
        <RiskFilter from={props.filters.riskFrom} to={props.filters.riskTo} onChange={props.onChange} />
      </Show>
      <MultiFilter
        label={copy().columns.outcome}
        options={named(shownOutcomes(), copy().outcomes)}
        value={props.filters.outcome ?? ''}
        onChange={(outcome) => props.onChange({ outcome })}
      />
      <MultiFilter
        label={copy().columns.state}
        options={named(states, copy().states)}
        value={props.filters.state ?? ''}
        onChange={(state) => props.onChange({ state })}
      />
      <MultiFilter
        label={copy().columns.referrer}
        options={props.referrers.map((referrer) => ({ value: referrer.id, name: referrer.name }))}
        value={props.filters.referrer ?? ''}
        onChange={(referrer) => props.onChange({ referrer })}
      />
      <MultiFilter
        label={copy().columns.purpose}
        options={named(purposes, copy().purposes)}
        value={props.filters.purpose ?? ''}
        onChange={(purpose) => props.onChange({ purpose })}
      />
      <MultiFilter
        label={copy().columns.channel}
        options={named(channels, copy().channels)}
        value={props.filters.channel ?? ''}
        onChange={(channel) => props.onChange({ channel })}
      />
      <DateRange from={props.filters.from} to={props.filters.to} onChange={props.onChange} />
      <Show when={isFiltered()}>
        <button type="button" class="quiet" onClick={() => props.onReset()}>
          {copy().list.reset}
        </button>
      </Show>
    </div>
  )
}
