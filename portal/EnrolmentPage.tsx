import { Match, onMount, Show, Switch } from 'solid-js'
import type { EnrolmentPage as Page } from '#api/contract/passkeys.ts'
import { readersLocale } from '#platform/ui/locale.ts'
import { knowsPasskeys } from '#platform/ui/passkey.ts'
import { Dead } from './components/Dead.tsx'
import { Each } from './components/Each.tsx'
import { StepPage } from './components/StepPage.tsx'
import { pageCopy, usePageCopy } from './copy/pages.ts'
import { useCopy, type Language } from './copy/index.ts'
import { createEnrolment, type Enrolling } from './enrolment.ts'
import './later-styles.ts'
import type { Visit } from './visit.ts'

type Of<Kind extends Page['kind']> = Extract<Page, { kind: Kind }>

/** The page, if it is of this kind. */
const asKind = <Kind extends Page['kind']>(page: Page | null, kind: Kind): Of<Kind> | null =>
  page?.kind === kind ? (page as Of<Kind>) : null

/** Sets up a passkey while the person can still sign in: sign-in, one passkey, signed out again. */
export const EnrolmentPage = (props: { visit: Visit; language: Language }) => {
  const copy = useCopy()
  usePageCopy(() => props.language)
  // eslint-disable-next-line solid/reactivity -- one visit a page, never another
  const enrolling = createEnrolment(props.visit)
  onMount(() => void enrolling.open())
  return (
    <Show
      when={enrolling.trouble()}
      fallback={
        <Switch fallback={<p role="status">{copy().loading}</p>}>
          <Match when={asKind(enrolling.page(), 'start')}>
            {(page) => <Start enrolling={enrolling} page={page()} />}
          </Match>
          <Match when={asKind(enrolling.page(), 'signed_in')}>
            {(page) => <SignedIn enrolling={enrolling} page={page()} language={props.language} />}
          </Match>
          <Match when={asKind(enrolling.page(), 'done')}>
            {(page) => (
              <StepPage heading={pageCopy().enrolment.done[0]}>
                <p role="status">{pageCopy().enrolment.done[1]}</p>
                <Passkeys passkeys={page().passkeys} language={props.language} />
              </StepPage>
            )}
          </Match>
        </Switch>
      }
    >
      {(found) => <Dead trouble={found()} onRetry={() => void enrolling.open()} />}
    </Show>
  )
}

const Problem = (props: { enrolling: Enrolling }) => {
  const words = () => pageCopy().enrolment
  const text = () => {
    const found = props.enrolling.problem()
    if (found === null || props.enrolling.isWorking()) return null
    return found === 'failed' ? words().failed : words().problems[found]
  }
  return (
    <Show when={text()}>
      {(said) => (
        <p class="error" role="alert">
          {said()}
        </p>
      )}
    </Show>
  )
}

const Start = (props: { enrolling: Enrolling; page: Of<'start'> }) => {
  const words = () => pageCopy().enrolment
  const closed = () => (
    <StepPage heading={words().closed[0]}>
      <p>{words().closed[1]}</p>
    </StepPage>
  )
  const leave = (url: string) => {
    location.assign(url)
  }
  return (
    <Show when={props.page.isOffered} fallback={closed()}>
      <StepPage heading={words().heading}>
        <Problem enrolling={props.enrolling} />
        <p>{words().story}</p>
        <p>
          {words().where} <strong>{props.page.host}</strong>
        </p>
        <button
          type="button"
          class="main"
          aria-disabled={props.enrolling.isWorking()}
          onClick={() => void props.enrolling.signIn(leave)}
        >
          {words().signIn}
        </button>
        <p class="muted">{words().password}</p>
      </StepPage>
    </Show>
  )
}

const SignedIn = (props: { enrolling: Enrolling; page: Of<'signed_in'>; language: Language }) => {
  const words = () => pageCopy().enrolment
  /** The reason why no passkey can be set up here; null where one can. */
  const obstacle = () => {
    if (props.page.isFull) return words().full
    return knowsPasskeys() ? null : words().unknown
  }
  return (
    <StepPage heading={words().make}>
      <p>{words().hello(props.page.name)}</p>
      <Problem enrolling={props.enrolling} />
      <Show
        when={obstacle()}
        fallback={
          <>
            <p>{words().ready}</p>
            <p class="muted">{words().wait}</p>
            <button
              type="button"
              class="main"
              aria-disabled={props.enrolling.isWorking()}
              onClick={() => void props.enrolling.make()}
            >
              {words().make}
            </button>
          </>
        }
      >
        {(text) => <p role="status">{text()}</p>}
      </Show>
      <button
        type="button"
        aria-disabled={props.enrolling.isWorking()}
        onClick={() => void props.enrolling.leave()}
      >
        {words().leave}
      </button>
      <Passkeys passkeys={props.page.passkeys} language={props.language} />
    </StepPage>
  )
}

const Passkeys = (props: { passkeys: Of<'done'>['passkeys']; language: Language }) => {
  const words = () => pageCopy().enrolment
  const dateOf = (at: string) =>
    new Intl.DateTimeFormat(readersLocale(props.language), { dateStyle: 'medium' }).format(new Date(at))
  return (
    <section class="card">
      <h2>{words().yours}</h2>
      <Show when={props.passkeys.length > 0} fallback={<p class="muted">{words().none}</p>}>
        <ul>
          <Each of={props.passkeys}>
            {({ name, createdAt, state }) => (
              <li>
                <strong>{name}</strong>, {words().since(dateOf(createdAt))}{' '}
                <span class="muted">({words().states[state]})</span>
              </li>
            )}
          </Each>
        </ul>
      </Show>
    </section>
  )
}
