import type { StaffLabel } from '#domain/risk/calibration/case.ts'
import { createEffect, createSignal, For, on, Show } from 'solid-js'
import type { VerificationPanel as Panel } from '#api/contract/console-verifications.ts'
import { call, faultOf, newKey } from '../../api.ts'
import { Quoted } from '../../components/Quoted.tsx'
import { Moment } from '../../components/Time.tsx'
import { useCopy } from '../../copy/index.ts'
import { Exercise } from './Exercise.tsx'
import type { Fault } from '../../copy/sentences.ts'

const labels: readonly StaffLabel[] = ['genuine', 'suspicious', 'false_refusal', 'unsure']

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
              <strong>{copy().labels[entry.label as StaffLabel]}</strong> · <q>{entry.reason}</q> ·{' '}
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
  const [label, setLabel] = createSignal<StaffLabel>('genuine')
  const [reason, setReason] = createSignal('')
  const [isFromOutside, setFromOutside] = createSignal(false)
  const [trouble, setTrouble] = createSignal<Fault | null>(null)
  let key = newKey()
  // Another intention is another key: the same one with another body is refused.
  createEffect(on([label, reason, isFromOutside], () => (key = newKey())))
  const submit = async (event: Event) => {
    event.preventDefault()
    try {
      const basis = isFromOutside() ? 'outside' : 'panel'
      const body = { label: label(), reason: reason().trim(), basis } as const
      await call('console.label', { params: { verificationId: props.verificationId }, body }, { key })
      setReason('')
      setFromOutside(false)
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
        onChange={(event) => setLabel(event.currentTarget.value as StaffLabel)}
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
      <FromOutside isIt={isFromOutside()} onChange={setFromOutside} />
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

/** Asks for what decides if the label counts for calibration. */
const FromOutside = (props: { isIt: boolean; onChange: (isIt: boolean) => void }) => {
  const copy = useCopy()
  return (
    <>
      <label>
        <input
          type="checkbox"
          checked={props.isIt}
          aria-describedby="label-counts"
          onChange={(event) => props.onChange(event.currentTarget.checked)}
        />{' '}
        {copy().panel.fromOutside}
      </label>
      <p id="label-counts" class="muted small">
        {copy().panel.labelCounts}
      </p>
    </>
  )
}
