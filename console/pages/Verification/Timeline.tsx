import { For, Show } from 'solid-js'
import type { VerificationPanel as Panel } from '#api/contract/console-verifications.ts'
import { useCopy, useLanguage } from '../../copy/index.ts'
import { clockSeconds, dayOf, zoneOf } from '../../lib/time.ts'

/** Everything that happened, in the order in which it did; times to the second, a day where it begins. */
export const Timeline = (props: { panel: Pick<Panel, 'timeline'> }) => {
  const copy = useCopy()
  const language = useLanguage()
  const entries = () => props.panel.timeline
  const beginsDay = (index: number): string | null => {
    const at = entries()[index]?.at
    const before = entries()[index - 1]?.at
    if (at === undefined) return null
    const day = dayOf(at, language())
    return before !== undefined && dayOf(before, language()) === day ? null : day
  }
  return (
    <section aria-label={copy().panel.timeline}>
      <h3>
        {copy().panel.timeline}{' '}
        <Show when={entries()[0]}>
          {(first) => <span class="count">{copy().panel.timesIn(zoneOf(first().at, language()))}</span>}
        </Show>
      </h3>
      <ol class="timeline">
        <For each={entries()}>
          {(entry, index) => (
            <li>
              <Show when={beginsDay(index())}>{(day) => <span class="day">{day()}</span>}</Show>
              <time dateTime={entry.at}>{clockSeconds(entry.at, language())}</time>
              <span>{copy().sentence(entry.event)}</span>
              <span class="muted">{copy().actorKinds[entry.actor] ?? entry.actor}</span>
            </li>
          )}
        </For>
      </ol>
    </section>
  )
}
