import { createSignal, Match, Show, Switch } from 'solid-js'
import type { VerificationPanel as Panel } from '#api/contract/console-verifications.ts'
import { Dialog } from '#platform/ui/Dialog.tsx'
import { call } from '../../api.ts'
import { Reasoned } from '../../components/Reasoned.tsx'
import { Moment } from '../../components/Time.tsx'
import { useCopy, useLanguage } from '../../copy/index.ts'
import { actionWords } from '../../lib/action-words.ts'
import { dayAndClock } from '../../lib/time.ts'
import { CodeToRead } from './CodeToRead.tsx'

type Asked = 'stop' | 'resend'

/**
 * Shows an approved action that is not done yet: when it may begin, or that the participant has to come back; and the
 * way to stop it.
 */
export const WaitingAction = (props: { panel: Panel; onChanged: () => void }) => {
  const copy = useCopy()
  const words = () => copy().turn
  const [asked, setAsked] = createSignal<Asked | null>(null)
  const state = () => props.panel.action.state
  const label = () => actionWords(copy(), props.panel.row.purpose)[state()]
  return (
    <Show when={state() === 'scheduled' || state() === 'awaiting_participant'}>
      <section class="card turn no-print" aria-label={label()}>
        <Awaited panel={props.panel} />
        <div class="tools">
          <Show when={state() === 'awaiting_participant' && props.panel.actions.resend.allowed}>
            <button type="button" onClick={() => setAsked('resend')}>
              {words().resend}
            </button>
          </Show>
          <Show when={props.panel.actions.stop.allowed}>
            <button type="button" onClick={() => setAsked('stop')}>
              {words().stop}
            </button>
          </Show>
        </div>
        <Show when={asked()} keyed>
          {(what) => (
            <Ask
              what={what}
              panel={props.panel}
              onClose={() => setAsked(null)}
              onDone={() => {
                setAsked(null)
                props.onChanged()
              }}
            />
          )}
        </Show>
      </section>
    </Show>
  )
}

/** Its time, or its participant. */
const Awaited = (props: { panel: Panel }) => {
  const copy = useCopy()
  const language = useLanguage()
  const words = () => copy().turn
  return (
    <Switch>
      <Match when={props.panel.action.scheduledFor}>
        {(at) => (
          <>
            <p>
              <strong>{words().at(dayAndClock(at(), language()))}</strong> (<Moment at={at()} />)
            </p>
            <p>{words().told}</p>
          </>
        )}
      </Match>
      <Match when={props.panel.action.state === 'awaiting_participant'}>
        <p>{words().returns}</p>
        <Show when={props.panel.canReadMatchCode}>
          <CodeToRead
            verificationId={props.panel.row.id}
            sentAt={props.panel.linkExpiresAt}
            tries={props.panel.progress.codeTries}
          />
        </Show>
      </Match>
    </Switch>
  )
}

const Ask = (props: { what: Asked; panel: Panel; onClose: () => void; onDone: () => void }) => {
  const copy = useCopy()
  const isStop = () => props.what === 'stop'
  const story = () =>
    isStop()
      ? copy().turn.stopStory
      : copy().confirm.resend.story(props.panel.participant.name, props.panel.row.contactMasked)
  const act = (reason: string, key: string) => {
    const params = { verificationId: props.panel.row.id }
    return isStop()
      ? call('console.stopAction', { params, body: { reason } }, { key })
      : call('console.resend', { params, body: { contactId: props.panel.resendContactId } }, { key })
  }
  return (
    <Dialog
      title={isStop() ? copy().turn.stopTitle : copy().confirm.resend.title}
      onClose={() => props.onClose()}
    >
      <Reasoned
        label={isStop() ? copy().confirm.reason : null}
        actions={[{ word: isStop() ? copy().turn.stop : copy().turn.resend, isMain: true, act }]}
        onBack={() => props.onClose()}
        onDone={() => props.onDone()}
      >
        <p>{story()}</p>
      </Reasoned>
    </Dialog>
  )
}
