import { Show } from 'solid-js'
import type { VerificationPanel as Panel } from '#api/contract/console-verifications.ts'
import { Risk } from '../../components/Badges.tsx'
import { Time } from '../../components/Time.tsx'
import { useCopy } from '../../copy/index.ts'

/** What it means and what to do now, in one look. */
export const VerdictBlock = (props: { panel: Panel }) => {
  const copy = useCopy()
  const row = () => props.panel.row
  const headline = () => {
    const { outcome, state } = row()
    if (outcome) return copy().outcomes[outcome]
    const recommendation = props.panel.recommendation
    return recommendation ? copy().recommendations[recommendation] : copy().states[state]
  }
  const tone = () => row().band ?? 'accent'
  return (
    <section class={`verdict ${tone()}`} aria-label={copy().panel.verdict}>
      <p class="headline">
        <strong>{headline()}</strong>
        <Show when={props.panel.recommendationReasons.length > 0 && !row().outcome}>
          <span>
            : {props.panel.recommendationReasons.map((reason) => copy().sentence(reason)).join(', ')}
          </span>
        </Show>
      </p>
      <Show when={row().band}>
        <p>
          {copy().panel.risk} <Risk row={row()} />{' '}
          <span>{row().band ? copy().bands[row().band ?? 'low'] : ''}</span>
        </p>
      </Show>
      <Show when={props.panel.instruction}>{(instruction) => <p>{copy().sentence(instruction())}</p>}</Show>
      <Show when={props.panel.decidedBy}>
        {(by) => (
          <p class="muted">
            {copy().panel.decidedBy(by().name)} · <Time at={by().at} />
            <Show when={by().reason}>{(reason) => <> · “{reason()}”</>}</Show>
          </p>
        )}
      </Show>
      <Show when={props.panel.action.state !== 'none'}>
        <ul class="plain">
          <li>
            <strong>{copy().actions[props.panel.action.state]}</strong>
            <Show when={props.panel.action.at}>
              {(at) => (
                <>
                  {' '}
                  · <Time at={at()} />
                </>
              )}
            </Show>
            <Show when={props.panel.action.reason}>{(reason) => <> · {copy().sentence(reason())}</>}</Show>
          </li>
          <Show when={props.panel.action.sessionsEnded}>
            {(ended) => <li class="muted">{copy().sessionsEnded[ended()]}</li>}
          </Show>
        </ul>
      </Show>
      <Show when={row().state !== 'closed'}>
        <p class="muted small">
          {copy().panel.phrase} <strong>{props.panel.phrase.join(' · ')}</strong>
        </p>
      </Show>
    </section>
  )
}
