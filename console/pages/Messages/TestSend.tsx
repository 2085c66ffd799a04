import { createEffect, createSignal, createUniqueId, For, on, onCleanup, Show } from 'solid-js'
import type { MessagesPage, MessageTemplate } from '#api/contract/console-messages.ts'
import { call, faultOf, newKey } from '../../api.ts'
import { Moment } from '../../components/Time.tsx'
import { languageName, useCopy } from '../../copy/index.ts'
import type { Fault } from '../../copy/sentences.ts'

type Props = { page: MessagesPage; template: MessageTemplate; onSent: () => void }

/** The page looks this often if a test went out. */
const everyMs = 2_000

const isOpen = ({ status }: MessagesPage['tests'][number]) => status === 'waiting' || status === 'begun'

/** Asks for a test, and looks again as long as one is on its way. */
const createTest = (props: Props) => {
  const [trouble, setTrouble] = createSignal<Fault | null>(null)
  const [isWorking, setWorking] = createSignal(false)
  let key = newKey()
  const timer = setInterval(() => {
    if (props.page.tests.some(isOpen)) props.onSent()
  }, everyMs)
  onCleanup(() => clearInterval(timer))
  createEffect(
    on(
      () => props.template,
      () => setTrouble(null),
      { defer: true },
    ),
  )
  const send = async (proposed: boolean) => {
    const { kind, channel, language } = props.template
    setWorking(true)
    setTrouble(null)
    try {
      await call('console.testMessage', { body: { kind, channel, language, proposed } }, { key })
      key = newKey()
      props.onSent()
    } catch (error) {
      key = newKey()
      setTrouble(faultOf(error))
    } finally {
      setWorking(false)
    }
  }
  return { trouble, isWorking, send }
}

/** Sends a message to the reader's own contact, and says what became of it. */
export const TestSend = (props: Props) => {
  const copy = useCopy()
  const id = createUniqueId()
  const test = createTest(props)
  const to = () => props.page.own[props.template.channel]
  return (
    <section class="card policy-section" aria-labelledby={id}>
      <h2 id={id}>{copy().messages.test}</h2>
      <Show when={to()} fallback={<p class="muted">{noWay(props, copy())}</p>}>
        {(contact) => (
          <>
            <p class="muted break">{copy().messages.testStory(contact())}</p>
            <p class="tools">
              <button type="button" disabled={test.isWorking()} onClick={() => void test.send(false)}>
                {copy().messages.sendTest}
              </button>
              <Show when={props.template.proposal}>
                <button type="button" disabled={test.isWorking()} onClick={() => void test.send(true)}>
                  {copy().messages.sendProposed}
                </button>
              </Show>
            </p>
          </>
        )}
      </Show>
      <Show when={test.trouble()}>
        {(fault) => (
          <p class="error" role="alert">
            {fault().code === 'send_limit_reached' ? copy().messages.testLimit : copy().problem(fault())}
          </p>
        )}
      </Show>
      <Tests page={props.page} />
    </section>
  )
}

const noWay = ({ page }: Props, copy: ReturnType<ReturnType<typeof useCopy>>): string =>
  page.sendsSms ? copy.messages.noNumber : copy.messages.noSms

const Tests = (props: { page: MessagesPage }) => {
  const copy = useCopy()
  return (
    <ul class="plain" aria-live="polite">
      <For each={props.page.tests}>
        {(sent) => (
          <li>
            <Moment at={sent.at} /> · {copy().messages.kinds[sent.kind]} · {copy().channels[sent.channel]} ·{' '}
            {languageName(sent.language)}: {copy().messages.testStates[sent.status]}
            <Show when={sent.errorCode}>{(code) => <> ({copy().deliveryProblem(code())})</>}</Show>
          </li>
        )}
      </For>
    </ul>
  )
}
