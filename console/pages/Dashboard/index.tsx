import { useSearchParams } from '@solidjs/router'
import { createEffect, createSignal, on, Show } from 'solid-js'
import type { Dashboard } from '#api/contract/console-reports.ts'
import type { Channel, Purpose } from '#domain/verification/verification.ts'
import { call, faultOf } from '../../api.ts'
import { Loading } from '../../components/Loading.tsx'
import { Trouble } from '../../components/Trouble.tsx'
import { useCopy, useLanguage } from '../../copy/index.ts'
import { exactTime } from '../../lib/time.ts'
import './dashboard.css'
import { Behind, useFollowing } from './Behind.tsx'
import { Choices } from './Choices.tsx'
import { DashboardView } from './DashboardView.tsx'
import { periodOf, periods, type Period } from './period.ts'
import type { Fault } from '../../copy/sentences.ts'

type Params = { days?: string; purpose?: string; channel?: string }

/** Trends for a period against the one before; every figure leads to the list behind it. */
export const DashboardPage = () => {
  const copy = useCopy()
  const language = useLanguage()
  const [params, setParams] = useSearchParams<Params>()
  const [data, setData] = createSignal<Dashboard | null>(null)
  const [trouble, setTrouble] = createSignal<Fault | null>(null)
  const [isLoading, setLoading] = createSignal(false)
  const days = (): Period => periods.find((value) => String(value) === params.days) ?? 30
  const slice = () => ({
    ...(params.purpose ? { purpose: params.purpose as Purpose } : {}),
    ...(params.channel ? { channel: params.channel as Channel } : {}),
  })
  let current = 0

  const load = async () => {
    const turn = ++current
    setLoading(true)
    try {
      const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone
      const found = await call('console.dashboard', { query: { ...periodOf(days()), timeZone, ...slice() } })
      if (turn !== current) return
      setData(found)
      setTrouble(null)
    } catch (error) {
      if (turn === current) setTrouble(faultOf(error))
    } finally {
      if (turn === current) setLoading(false)
    }
  }
  createEffect(on([days, () => params.purpose, () => params.channel], () => void load()))
  useFollowing(data, () => (isLoading() ? undefined : void load()))
  const asOf = (at: string | null) => (at === null ? '' : copy().dashboard.asOf(exactTime(at, language())))

  return (
    <div class="page wide" aria-busy={isLoading()}>
      <Choices
        days={days()}
        slice={slice()}
        isLoading={isLoading()}
        onChange={setParams}
        onRefresh={() => void load()}
      />
      <Show when={trouble()}>{(fault) => <Trouble fault={fault()} onRetry={() => void load()} />}</Show>
      <Show when={data()} fallback={<Loading when={trouble() === null} />}>
        {(shown) => (
          <>
            <Behind asOf={shown().asOf} />
            <DashboardView data={shown()} slice={slice()} />
            <p class="muted small">
              {copy().dashboard.counted} {asOf(shown().asOf)}
            </p>
          </>
        )}
      </Show>
    </div>
  )
}
