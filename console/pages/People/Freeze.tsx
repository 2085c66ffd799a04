import { A } from '@solidjs/router'
import { createSignal, For, Show } from 'solid-js'
import type { PersonCard } from '#api/contract/console.ts'
import { Dialog } from '#platform/ui/Dialog.tsx'
import { call } from '../../api.ts'
import { Reasoned } from '../../components/Reasoned.tsx'
import { Moment } from '../../components/Time.tsx'
import { useCopy } from '../../copy/index.ts'
import { useMay } from '../../session.tsx'

type Freeze = NonNullable<PersonCard['freeze']>

/** That nothing new passes for this person, since when and why, and the way out for a supervisor (B9, H6). */
export const FreezeNotice = (props: { personId: string; freeze: Freeze; onLifted: () => void }) => {
  const copy = useCopy()
  const may = useMay()
  const [isAsked, setAsked] = createSignal(false)
  const words = () => copy().alarms
  return (
    <section class="notice high" aria-label={words().frozen}>
      <p>
        <strong>{words().frozen}.</strong> {words().frozenStory(props.freeze.reports.length)}
      </p>
      <p>
        <Show when={props.freeze.blockedUntil}>
          {(until) => (
            <>
              {words().blocked} <Moment at={until()} />.{' '}
            </>
          )}
        </Show>
        {words().against} <Moment at={props.freeze.until} />.
      </p>
      <p>
        <For each={props.freeze.reports}>
          {(report) => (
            <>
              <Show when={report.verificationId} fallback={words().ownPasskey}>
                {(id) => <A href={`/verifications/${id()}`}>{words().seeCase}</A>}
              </Show>{' '}
              <span class="muted">
                <Moment at={report.at} />
              </span>{' '}
            </>
          )}
        </For>
      </p>
      <Show when={may('freezes.lift')}>
        <button type="button" onClick={() => setAsked(true)}>
          {words().lift}
        </button>
      </Show>
      <Show when={isAsked()}>
        <Lift
          personId={props.personId}
          onClose={() => setAsked(false)}
          onDone={() => {
            setAsked(false)
            props.onLifted()
          }}
        />
      </Show>
    </section>
  )
}

const Lift = (props: { personId: string; onClose: () => void; onDone: () => void }) => {
  const copy = useCopy()
  const lift = (reason: string, key: string) =>
    call('console.liftFreeze', { params: { personId: props.personId }, body: { reason } }, { key })
  return (
    <Dialog title={copy().alarms.lift} onClose={() => props.onClose()}>
      <Reasoned
        label={copy().confirm.reason}
        actions={[{ word: copy().alarms.lift, isMain: true, act: lift }]}
        onBack={() => props.onClose()}
        onDone={() => props.onDone()}
      >
        <p>{copy().alarms.liftStory}</p>
      </Reasoned>
    </Dialog>
  )
}
