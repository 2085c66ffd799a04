import { For, Show } from 'solid-js'
import type { Score } from '#api/contract/console-verifications.ts'
import { useCopy } from '../../copy/index.ts'

/** The score's make-up: a bar for each category, reasons strongest first, and what the score would be without each. */
export const Why = (props: { score: Score }) => {
  const copy = useCopy()
  return (
    <section aria-label={copy().panel.why}>
      <h3>{copy().panel.why}</h3>
      <ul class="bars">
        <For each={props.score.categories}>
          {(category) => (
            <li>
              <span>{copy().categories[category.category]}</span>
              <Show when={category.r !== null} fallback={<span class="muted">{copy().panel.noData}</span>}>
                <meter
                  min="0"
                  max="10"
                  low={2}
                  high={7.4}
                  optimum={0}
                  value={category.r ?? 0}
                  aria-hidden="true"
                />
                <span class="number">{(category.r ?? 0).toFixed(1)}</span>
              </Show>
            </li>
          )}
        </For>
      </ul>
      <p class="muted small">{copy().panel.forDeciding(props.score.rDecide.toFixed(1))}</p>
      <ol class="reasons">
        <For each={props.score.floors}>
          {(floor) => (
            <li class="high">
              <strong>{copy().panel.floor(floor.value.toFixed(1))}</strong> {copy().sentence(floor.text)}
            </li>
          )}
        </For>
        <For each={props.score.reasons.slice(0, 8)}>
          {(reason) => (
            <li>
              <span class="applied" classList={{ good: reason.applied > 0 }}>
                {reason.applied > 0 ? '+' : ''}
                {reason.applied.toFixed(1)}
              </span>{' '}
              {copy().sentence(reason.text)}{' '}
              <span class="muted">{copy().panel.without(reason.without.toFixed(1))}</span>
            </li>
          )}
        </For>
      </ol>
    </section>
  )
}
