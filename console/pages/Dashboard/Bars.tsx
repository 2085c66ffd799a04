import { A } from '@solidjs/router'
import { For, Show, type JSX } from 'solid-js'
import { useFormat } from '../../lib/format.ts'

type Bar = {
  readonly name: string
  readonly value: number
  /** The list of exactly what the bar counts, where a filter says that. */
  readonly href?: string | undefined
  readonly tone?: string
  readonly note?: string | undefined
}

/** Horizontal bars with their numbers; one that a filter of the list describes is a link to it. */
export const Bars = (props: { bars: readonly Bar[]; shareOf?: number }) => {
  const most = () => Math.max(1, ...props.bars.map((bar) => bar.value))
  return (
    <ul class="chart-bars">
      <For each={props.bars}>
        {(bar) => (
          <li>
            <Line href={bar.href}>
              <span class="name" title={bar.name}>
                {bar.name}
                <Show when={bar.note}>{(note) => <span class="muted small"> {note()}</span>}</Show>
              </span>
              <svg
                class={bar.tone ?? 'accent'}
                viewBox="0 0 100 8"
                preserveAspectRatio="none"
                aria-hidden="true"
              >
                <rect class="track" width="100" height="8" />
                <rect width={(bar.value / most()) * 100} height="8" fill="currentColor" />
              </svg>
              <Value value={bar.value} shareOf={props.shareOf} />
            </Line>
          </li>
        )}
      </For>
    </ul>
  )
}

const Line = (props: { href: string | undefined; children: JSX.Element }) => (
  <Show when={props.href} fallback={<span class="line">{props.children}</span>}>
    {(href) => (
      <A class="line" href={href()}>
        {props.children}
      </A>
    )}
  </Show>
)

const Value = (props: { value: number; shareOf: number | undefined }) => {
  const format = useFormat()
  return (
    <>
      <span class="number">{format.whole(props.value)}</span>
      <Show when={props.shareOf !== undefined}>
        <span class="number muted share">
          {format.percent(props.value / Math.max(1, props.shareOf ?? 1))}
        </span>
      </Show>
    </>
  )
}
