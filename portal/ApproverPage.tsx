import { createSignal, Match, onMount, Show, Switch } from 'solid-js'
import type { ApproverRequest } from '#api/contract/approver.ts'
import { readersLocale } from '#platform/ui/locale.ts'
import { createApproval, type Approval } from './approval.ts'
import { Dead } from './components/Dead.tsx'
import { DigitsField } from './components/DigitsField.tsx'
import { StepPage } from './components/StepPage.tsx'
import { pageCopy, usePageCopy } from './copy/pages.ts'
import { useCopy, type Language } from './copy/index.ts'
import type { Visit } from './visit.ts'

type Shown = { readonly approval: Approval; readonly language: Language }

/** The page of an approver who is asked to vouch: it names nobody before they have signed in. */
export const ApproverPage = (props: { visit: Visit; language: Language }) => {
  const copy = useCopy()
  const pages = usePageCopy(() => props.language)
  const words = () => pages().approver
  // eslint-disable-next-line solid/reactivity -- one visit a page, never another
  const approval = createApproval(props.visit)
  onMount(() => void approval.open())
  const said = (): 'yes' | 'no' | 'not_sure' | null => {
    const stage = approval.stage()
    return stage === 'yes' || stage === 'no' || stage === 'not_sure' ? stage : null
  }
  return (
    <Show
      when={approval.trouble()}
      fallback={
        <Switch fallback={<p role="status">{copy().loading}</p>}>
          <Match when={approval.stage() === 'start'}>
            <Start approval={approval} language={props.language} />
          </Match>
          <Match when={approval.stage() === 'asked' && approval.request()}>
            {(request) => <Asked approval={approval} request={request()} language={props.language} />}
          </Match>
          <Match when={approval.stage() === 'stop'}>
            <Stop approval={approval} language={props.language} />
          </Match>
          <Match when={said()}>
            {(answer) => (
              <StepPage heading={words().done[answer()][0]}>
                <p>{words().done[answer()][1]}</p>
              </StepPage>
            )}
          </Match>
          <Match when={approval.stage() === 'failed'}>
            <StepPage heading={words().failed.heading}>
              <p>{words().failed.story}</p>
              <Show when={approval.token !== null}>
                <SignIn approval={approval} label={words().failed.again} />
              </Show>
            </StepPage>
          </Match>
          <Match when={approval.stage() === 'over'}>
            <StepPage heading={words().over[0]}>
              <p>{words().over[1]}</p>
            </StepPage>
          </Match>
        </Switch>
      }
    >
      {(found) => <Dead trouble={found()} onRetry={() => void approval.open()} />}
    </Show>
  )
}

const Start = (props: Shown) => {
  const words = () => pageCopy().approver
  return (
    <StepPage heading={words().start.heading}>
      <p>{words().start.story}</p>
      <p class="muted">{words().start.inert}</p>
      <SignIn approval={props.approval} label={words().start.signIn} />
    </StepPage>
  )
}

const SignIn = (props: { approval: Approval; label: string }) => (
  <button
    class="main"
    aria-disabled={props.approval.isWorking()}
    onClick={() =>
      void props.approval.signIn((url) => {
        location.assign(url)
      })
    }
  >
    {props.label}
  </button>
)

const Facts = (props: { request: ApproverRequest; language: Language }) => {
  const words = () => pageCopy().approver
  const since = () =>
    new Intl.DateTimeFormat(readersLocale(props.language), {
      dateStyle: 'medium',
      timeStyle: 'short',
    }).format(new Date(props.request.startedAt))
  const about = () => [props.request.participant.title, props.request.participant.department].filter(Boolean)
  return (
    <>
      <p>
        <strong>{props.request.participant.name}</strong>
        <Show when={about().length > 0}>{`, ${about().join(', ')}`}</Show>
      </p>
      <p>
        {words().wants} <strong>{words().purposes[props.request.purpose]}</strong>.{' '}
        {words().why[props.request.as]}
      </p>
      <dl>
        <dt>{words().facts.agent}</dt>
        <dd>{props.request.agentName ?? words().facts.alone}</dd>
        <Show when={props.request.ticket}>
          {(ticket) => (
            <>
              <dt>{words().facts.ticket}</dt>
              <dd>{ticket()}</dd>
            </>
          )}
        </Show>
        <dt>{words().facts.since}</dt>
        <dd>{since()}</dd>
        <dt>{words().facts.left}</dt>
        <dd>{words().minutes(Math.max(1, Math.ceil(props.request.secondsLeft / 60)))}</dd>
      </dl>
    </>
  )
}

/** No before yes, and yes only with what the participant's page shows. */
const Asked = (props: Shown & { request: ApproverRequest }) => {
  const words = () => pageCopy().approver
  const [digits, setDigits] = createSignal('')
  const [isShort, setShort] = createSignal(false)
  const error = () => {
    const left = props.approval.triesLeft()
    if (isShort()) return words().short
    return left === null ? null : words().wrong(left)
  }
  const confirm = (event: Event) => {
    event.preventDefault()
    setShort(digits().length < 2)
    if (digits().length === 2) void props.approval.answer('yes', digits())
  }
  return (
    <StepPage heading={words().heading(props.request.participant.name)}>
      <Facts request={props.request} language={props.language} />
      <button
        class="danger"
        aria-disabled={props.approval.isWorking()}
        onClick={() => props.approval.setStage('stop')}
      >
        {words().no}
      </button>
      <button
        aria-disabled={props.approval.isWorking()}
        onClick={() => void props.approval.answer('not_sure')}
      >
        {words().notSure}
      </button>
      <h2>{words().check.heading}</h2>
      <ol>
        <li>{words().check.call}</li>
        <li>{words().check.caller}</li>
        <li>{words().check.ask}</li>
      </ol>
      <form onSubmit={confirm}>
        <DigitsField
          id="approver-digits"
          label={words().digits}
          length={2}
          value={digits()}
          error={error()}
          onInput={(typed) => {
            setDigits(typed)
            setShort(false)
            props.approval.setTriesLeft(null)
          }}
        />
        <button class="main" aria-disabled={props.approval.isWorking()}>
          {words().yes}
        </button>
      </form>
    </StepPage>
  )
}

const Stop = (props: Shown) => {
  const copy = useCopy()
  const words = () => pageCopy().approver
  return (
    <StepPage heading={words().stop.heading}>
      <p>{words().stop.story}</p>
      <button
        class="main danger"
        aria-disabled={props.approval.isWorking()}
        onClick={() => void props.approval.answer('no')}
      >
        {words().stop.confirm}
      </button>
      <button onClick={() => props.approval.setStage('asked')}>{copy().back}</button>
    </StepPage>
  )
}
