import { For } from 'solid-js'
import type { VerificationPanel as Panel } from '#api/contract/console-verifications.ts'
import { useCopy, useLanguage } from '../../copy/index.ts'
import { clockTime, exactTime } from '../../lib/time.ts'

/** Everything that happened, oldest first. */
export const Timeline = (props: { panel: Panel }) => {
  const copy = useCopy()
  const language = useLanguage()
  return (
    <section aria-label={copy().panel.timeline}>
      <h3>{copy().panel.timeline}</h3>
      <ol class="timeline">
        <For each={props.panel.timeline}>
          {(entry) => (
            <li>
              <time dateTime={entry.at} title={exactTime(entry.at, language())}>
                {clockTime(entry.at, language())}
              </time>
              <span>{copy().sentence(entry.event)}</span>
              <span class="muted">{copy().actorKinds[entry.actor] ?? entry.actor}</span>
            </li>
          )}
        </For>
      </ol>
    </section>
  )
}
