import { createEffect, createSignal, For, on, Show } from 'solid-js'
import type { VerificationPanel as Panel } from '#api/contract/console-verifications.ts'
import { call, faultOf, newKey } from '../../api.ts'
import { Quoted } from '../../components/Quoted.tsx'
import { Moment } from '../../components/Time.tsx'
import { useCopy } from '../../copy/index.ts'
import { Exercise } from './Exercise.tsx'
import type { Fault } from '../../copy/sentences.ts'

type Label = 'genuine' | 'suspicious' | 'false_refusal' | 'unsure'
const labels: readonly Label[] = ['genuine', 'suspicious', 'false_refusal', 'unsure']

/** Shows the participant's feedback at the end, and the label of staff afterwards. Neither changes a decision. */
export const FeedbackAndLabels = (props: { panel: Panel; onChanged: () => void }) => {
  const copy = useCopy()
  return (
    <section aria-label={copy().panel.feedback}>
      <h3>{copy().panel.feedback}</h3>
      <Show when={props.panel.feedback} fallback={<p class="muted">{copy().panel.noFeedback}</p>}>
        {(given) => (
          <p>
            {copy().feedback[given().rating]}
            <Quoted before=" · " text={given().comment} />{' '}
            <span class="muted">
              <Moment at={given().at} />
            </span>
          </p>
        )}
      </Show>
      <ul class="plain">
        <For each={props.panel.labels}>
          {(entry) => (
            <li>
              <strong>{copy().labels[entry.label as Label]}</strong> · <q>{entry.reason}</q> ·{' '}
              <span class="muted">
                {entry.byName}, <Moment at={entry.at} />
              </span>
            </li>
          )}
        </For>
      </ul>
      <Show when={props.panel.actions.label.allowed}>
        <LabelForm verificationId={props.panel.row.id} onChanged={props.onChanged} />
      </Show>
      <Exercise panel={props.panel} onChanged={props.onChanged} />
    </section>
  )
}

const LabelForm = (props: { verificationId: string; onChanged: () => void }) => {
  const copy = useCopy()
  const [label, setLabel] = createSignal<Label>('genuine')
  const [reason, setReason] = createSignal('')
  const [trouble, setTrouble] = createSignal<Fault | null>(null)
  let key = newKey()
  // Another intention is another key: the same one with another body is refused.
  createEffect(on([label, reason], () => (key = newKey())))
  const submit = async (event: Event) => {
    event.preventDefault()
    try {
      await call(
        'console.label',
        {
          params: { verificationId: props.verificationId },
          body: { label: label(), reason: reason().trim() },
        },
        { key },
      )
      setReason('')
      setTrouble(null)
      props.onChanged()
    } catch (error) {
      setTrouble(faultOf(error))
    }
  }
  return (
    <form class="inline no-print" onSubmit={(event) => void submit(event)}>
      <select
        aria-label={copy().panel.labelName}
        value={label()}
        onChange={(event) => setLabel(event.currentTarget.value as Label)}
      >
        <For each={labels}>
          {(value) => (
            <option value={value} selected={value === label()}>
              {copy().labels[value]}
            </option>
          )}
        </For>
      </select>
      <input
        aria-label={copy().panel.labelReason}
        placeholder={copy().panel.labelReason}
        required
        maxlength="500"
        value={reason()}
        onInput={(event) => setReason(event.currentTarget.value)}
      />
      <button>{copy().panel.giveLabel}</button>
      <Show when={trouble()}>
        {(fault) => (
          <span class="error" role="alert">
            {copy().problem(fault())}
          </span>
        )}
      </Show>
    </form>
  )
}
