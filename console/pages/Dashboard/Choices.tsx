import { For } from 'solid-js'
import { channels, purposes } from '#domain/verification/verification.ts'
import { useCopy } from '../../copy/index.ts'
import type { Slice } from './list-href.ts'
import { periods, type Period } from './period.ts'

type Change = { days?: string; purpose?: string | null; channel?: string | null }

/** Period and slices of all tiles; the address holds them. */
export const Choices = (props: {
  days: Period
  slice: Slice
  isLoading: boolean
  onChange: (change: Change) => void
  onRefresh: () => void
}) => {
  const copy = useCopy()
  return (
    <header class="page-head flat">
      <h1>{copy().rail.dashboard}</h1>
      <div class="tools">
        <Choice
          label={copy().columns.purpose}
          value={props.slice.purpose ?? ''}
          options={purposes.map((value) => [value, copy().purposes[value]])}
          onChange={(purpose) => props.onChange({ purpose: purpose || null })}
        />
        <Choice
          label={copy().columns.channel}
          value={props.slice.channel ?? ''}
          options={channels.map((value) => [value, copy().channels[value]])}
          onChange={(channel) => props.onChange({ channel: channel || null })}
        />
        <div class="switch" role="group" aria-label={copy().dates.label}>
          <For each={periods}>
            {(value) => (
              <button
                type="button"
                aria-pressed={value === props.days}
                onClick={() => props.onChange({ days: String(value) })}
              >
                {copy().dates.last(value)}
              </button>
            )}
          </For>
        </div>
        <button type="button" disabled={props.isLoading} onClick={() => props.onRefresh()}>
          {copy().list.refresh}
        </button>
      </div>
    </header>
  )
}

const Choice = (props: {
  label: string
  value: string
  options: readonly (readonly [string, string])[]
  onChange: (value: string) => void
}) => {
  const copy = useCopy()
  return (
    <select
      aria-label={props.label}
      value={props.value}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    >
      <option value="">
        {props.label}: {copy().dashboard.all}
      </option>
      <For each={props.options}>
        {([value, name]) => (
          <option value={value} selected={value === props.value}>
            {name}
          </option>
        )}
      </For>
    </select>
  )
}
