import { useSearchParams } from '@solidjs/router'
import { createEffect, createSignal, For, on, Show } from 'solid-js'
import type { Dashboard } from '#api/contract/console-reports.ts'
import { channels, purposes, type Channel, type Purpose } from '#domain/verification/verification.ts'
import { call, codeOf } from '../../api.ts'
import { Trouble } from '../../components/Trouble.tsx'
import { useCopy, useLanguage } from '../../copy/index.ts'
import { exactTime } from '../../lib/time.ts'
import './dashboard.css'
import { DashboardView } from './DashboardView.tsx'
import { periodOf, periods, type Period } from './period.ts'

/** Trends for a period against the one before; every figure leads to the list behind it. */
export const DashboardPage = () => {
  const copy = useCopy()
  const language = useLanguage()
  const [params, setParams] = useSearchParams<{ days?: string; purpose?: string; channel?: string }>()
  const [data, setData] = createSignal<Dashboard | null>(null)
  const [trouble, setTrouble] = createSignal<string | null>(null)
  const [isLoading, setLoading] = createSignal(false)
  const days = (): Period => periods.find((value) => String(value) === params.days) ?? 30
  const slice = () => ({
    ...(params.purpose ? { purpose: params.purpose as Purpose } : {}),
    ...(params.channel ? { channel: params.channel as Channel } : {}),
  })

  const load = async () => {
    setLoading(true)
    try {
      const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone
      setData(await call('console.dashboard', { query: { ...periodOf(days()), timeZone, ...slice() } }))
      setTrouble(null)
    } catch (error) {
      setTrouble(codeOf(error))
    } finally {
      setLoading(false)
    }
  }
  createEffect(on([days, () => params.purpose, () => params.channel], () => void load()))

  return (
    <div class="page wide">
      <header class="page-head flat">
        <h1>{copy().rail.dashboard}</h1>
        <div class="tools">
          <Choice
            label={copy().columns.purpose}
            value={params.purpose ?? ''}
            options={purposes.map((value) => [value, copy().purposes[value]])}
            onChange={(purpose) => setParams({ purpose: purpose || null })}
          />
          <Choice
            label={copy().columns.channel}
            value={params.channel ?? ''}
            options={channels.map((value) => [value, copy().channels[value]])}
            onChange={(channel) => setParams({ channel: channel || null })}
          />
          <div class="switch" role="group" aria-label={copy().dates.label}>
            <For each={periods}>
              {(value) => (
                <button
                  type="button"
                  aria-pressed={value === days()}
                  onClick={() => setParams({ days: String(value) })}
                >
                  {copy().dates.last(value)}
                </button>
              )}
            </For>
          </div>
          <button type="button" disabled={isLoading()} onClick={() => void load()}>
            {copy().list.refresh}
          </button>
        </div>
      </header>
      <Show when={trouble()}>{(code) => <Trouble code={code()} onRetry={() => void load()} />}</Show>
      <Show
        when={data()}
        fallback={
          <Show when={!trouble()}>
            <p class="muted late">{copy().loading}</p>
          </Show>
        }
      >
        {(shown) => (
          <>
            <DashboardView data={shown()} slice={slice()} />
            <p class="muted small">
              {copy().dashboard.counted}{' '}
              {shown().asOf ? copy().dashboard.asOf(exactTime(shown().asOf ?? '', language())) : ''}
            </p>
          </>
        )}
      </Show>
    </div>
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
