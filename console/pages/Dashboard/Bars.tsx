import { A } from '@solidjs/router'
import { For } from 'solid-js'

type Bar = { name: string; value: number; href: string; tone?: string }

/** Horizontal bars with their numbers; each is a link to what it counts. */
export const Bars = (props: { bars: readonly Bar[]; showShare?: boolean }) => {
  const most = () => Math.max(1, ...props.bars.map((bar) => bar.value))
  const whole = () => Math.max(1, props.bars[0]?.value ?? 1)
  return (
    <ul class="chart-bars">
      <For each={props.bars}>
        {(bar) => (
          <li>
            <A href={bar.href}>
              <span class="name">{bar.name}</span>
              <svg
                class={bar.tone ?? 'accent'}
                viewBox="0 0 100 8"
                preserveAspectRatio="none"
                aria-hidden="true"
              >
                <rect class="track" width="100" height="8" />
                <rect width={(bar.value / most()) * 100} height="8" fill="currentColor" />
              </svg>
              <span class="number">{bar.value.toLocaleString()}</span>
              <span class="number muted" hidden={!props.showShare}>
                {Math.round((bar.value / whole()) * 100)} %
              </span>
            </A>
          </li>
        )}
      </For>
    </ul>
  )
}
