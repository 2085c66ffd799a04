import { For } from 'solid-js'
import { useCopy } from '../../copy/index.ts'
import { closeOnLeave } from '../../lib/close-on-leave.ts'
import { NestedFilter } from './MultiFilter.tsx'
import { furtherFilters, useOptions } from './options.ts'
import type { FilterChange, ListFilters } from './query.ts'

/** Filters that are needed less often: band, step of the funnel, reasons of the score, feedback. */
export const MoreFilters = (props: { filters: ListFilters; onChange: (change: FilterChange) => void }) => {
  const copy = useCopy()
  const { optionsOf, labelOf, isOffered, valueOf } = useOptions()
  return (
    <details class="menu" ref={closeOnLeave}>
      <summary class="button">
        {copy().list.moreFilters} <span aria-hidden="true">▾</span>
      </summary>
      <div class="menu-body further" role="group" aria-label={copy().list.moreFilters}>
        <For each={furtherFilters.filter(isOffered)}>
          {(filter) => (
            <NestedFilter
              label={labelOf(filter)}
              options={optionsOf(filter, [])}
              value={valueOf(props.filters, filter)}
              isSingle={filter === 'step'}
              onChange={(value) => props.onChange({ [filter]: value })}
            />
          )}
        </For>
        <label class="check">
          <input
            type="checkbox"
            checked={props.filters.commented === 'yes'}
            onChange={(event) => props.onChange({ commented: event.currentTarget.checked ? 'yes' : null })}
          />
          {copy().list.commentedOnly}
        </label>
        <label class="check">
          <input
            type="checkbox"
            checked={props.filters.overturned === 'yes'}
            onChange={(event) => props.onChange({ overturned: event.currentTarget.checked ? 'yes' : null })}
          />
          {copy().list.overturnedOnly}
        </label>
      </div>
    </details>
  )
}
