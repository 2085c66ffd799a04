import { For, Show } from 'solid-js'
import type { Score } from '#api/contract/console-score.ts'
import { Level } from '../../components/Badges.tsx'
import { useCopy } from '../../copy/index.ts'
import { useFormat } from '../../lib/format.ts'
import { MakeUp } from './MakeUp.tsx'

/** The band of a value. */
const bandOf = (value: number): string => {
  if (value < 2.05) return 'low'
  if (value < 5) return 'guarded'
  return value < 7.5 ? 'elevated' : 'high'
}

/** Most reasons shown; weaker ones are among the checks. */
const mostReasons = 8

/** The score's make-up: a bar for each category, reasons strongest first, and what the score would be without each. */
export const Why = (props: { score: Score }) => {
  const copy = useCopy()
  const format = useFormat()
  return (
    <section aria-label={copy().panel.why}>
      <h3>{copy().panel.why}</h3>
      <ul class="bars">
        <For each={props.score.categories}>{(category) => <CategoryBar category={category} />}</For>
      </ul>
      <p class="muted small">{copy().panel.forDeciding(format.tenths(props.score.rDecide))}</p>
      <ol class="reasons">
        <For each={props.score.floors}>
          {(floor) => (
            <li class="high">
              <span class="applied" aria-hidden="true">
                ▲
              </span>
              <span>
                <strong>{copy().panel.floor(format.tenths(floor.value))}</strong>{' '}
                {copy().sentence(floor.text)}
              </span>
            </li>
          )}
        </For>
        <For each={props.score.reasons.slice(0, mostReasons)}>
          {(reason) => (
            <li>
              <span class="applied" classList={{ good: reason.applied > 0 }}>
                {reason.applied > 0 ? '+' : ''}
                {format.tenths(reason.applied)}
              </span>{' '}
              <span class="break">
                {copy().sentence(reason.text)}{' '}
                <span class="muted small">({copy().panel.without(format.tenths(reason.without))})</span>
              </span>
            </li>
          )}
        </For>
      </ol>
      <MakeUp score={props.score} />
    </section>
  )
}

const CategoryBar = (props: { category: Score['categories'][number] }) => {
  const copy = useCopy()
  const format = useFormat()
  // The number of checks with an answer says nothing about questions: without a value nothing was asked.
  const none = () => (props.category.category === 'challenge' ? copy().panel.notAsked : copy().panel.noData)
  return (
    <li>
      <span>{copy().categories[props.category.category]}</span>
      <Show when={props.category.r !== null} fallback={<span class="muted">{none()}</span>}>
        <span class={bandOf(props.category.r ?? 0)}>
          <Level value={props.category.r ?? 0} />
        </span>
        <span class="number">{format.tenths(props.category.r ?? 0)}</span>
      </Show>
    </li>
  )
}
