import { A } from '@solidjs/router'
import { createSignal, For, Show } from 'solid-js'
import type { DuressAlarm } from '#api/contract/console-alarms.ts'
import { Dialog } from '#platform/ui/Dialog.tsx'
import { call } from '../../api.ts'
import { Reasoned } from '../../components/Reasoned.tsx'
import { Moment } from '../../components/Time.tsx'
import { useCopy } from '../../copy/index.ts'
import { useMay } from '../../session.tsx'

/** Silent signals of staff: for supervisors, and never on the screen of who gave one. */
export const Duress = (props: { alarms: readonly DuressAlarm[]; onCleared: () => void }) => {
  const copy = useCopy()
  const words = () => copy().alarms.duress
  const [asked, setAsked] = createSignal<string | null>(null)
  return (
    <section class="card policy-section" aria-labelledby="alarms-duress">
      <h2 id="alarms-duress">
        {words().heading} <span class="count">{props.alarms.length}</span>
      </h2>
      <Show when={props.alarms.length > 0} fallback={<p class="muted">{words().none}</p>}>
        <p>{words().story}</p>
        <table class="sources-table stacks">
          <thead>
            <tr>
              <For each={[words().by, copy().alarms.when, words().about, copy().alarms.now]}>
                {(name) => <th scope="col">{name}</th>}
              </For>
            </tr>
          </thead>
          <tbody>
            <For each={props.alarms}>{(alarm) => <Row alarm={alarm} onAsk={setAsked} />}</For>
          </tbody>
        </table>
      </Show>
      <Show when={asked()}>
        {(verificationId) => (
          <Clear
            verificationId={verificationId()}
            onClose={() => setAsked(null)}
            onDone={() => {
              setAsked(null)
              props.onCleared()
            }}
          />
        )}
      </Show>
    </section>
  )
}

const Row = (props: { alarm: DuressAlarm; onAsk: (verificationId: string) => void }) => {
  const copy = useCopy()
  const may = useMay()
  const words = () => copy().alarms.duress
  const standing = () => (
    <>
      <span class="tag high">{props.alarm.isWaiting ? words().waiting : words().standing}</span>{' '}
      <Show when={may('duress.clear')}>
        <button type="button" onClick={() => props.onAsk(props.alarm.verificationId)}>
          {words().clear}
        </button>
      </Show>
    </>
  )
  return (
    <tr>
      <th scope="row">{props.alarm.staffName}</th>
      <td class="at-end">
        <Moment at={props.alarm.at} />
      </td>
      <td data-name={words().about}>
        <A href={`/people/${props.alarm.personId}`}>{props.alarm.personName}</A> ·{' '}
        <A href={`/verifications/${props.alarm.verificationId}`}>{copy().alarms.seeCase}</A>
      </td>
      <td data-name={copy().alarms.now}>
        <Show when={props.alarm.cleared} fallback={standing()}>
          {(cleared) => <span class="muted">{words().cleared(cleared().byName, cleared().reason)}</span>}
        </Show>
      </td>
    </tr>
  )
}

const Clear = (props: { verificationId: string; onClose: () => void; onDone: () => void }) => {
  const copy = useCopy()
  const words = () => copy().alarms.duress
  const clear = (reason: string, key: string) =>
    call(
      'console.clearDuress',
      { params: { verificationId: props.verificationId }, body: { reason } },
      { key },
    )
  return (
    <Dialog title={words().clearTitle} onClose={() => props.onClose()}>
      <Reasoned
        label={copy().confirm.reason}
        actions={[{ word: words().clear, isMain: true, act: clear }]}
        onBack={() => props.onClose()}
        onDone={() => props.onDone()}
      >
        <p>{words().clearStory}</p>
      </Reasoned>
    </Dialog>
  )
}
