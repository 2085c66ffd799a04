import { Match, Show, Switch } from 'solid-js'
import type { Step, StepAnswer } from '#api/contract/portal.ts'
import { useCopy } from '../copy/index.ts'
import type { Language } from '../copy/index.ts'
import type { Visit } from '../visit.ts'
import { Checking } from './Checking.tsx'
import { Ended } from './Ended.tsx'
import { MatchCode } from './MatchCode.tsx'
import { NewPassword } from './NewPassword.tsx'
import { Question } from './Question.tsx'
import { SecondCode } from './SecondCode.tsx'
import { Waiting } from './Waiting.tsx'
import { WhoAsks } from './WhoAsks.tsx'

/** Every kind of step and the component that shows it; the compiler refuses a kind without one. */
export const components = {
  who_asks: WhoAsks,
  match_code: MatchCode,
  checking: Checking,
  question: Question,
  second_code: SecondCode,
  waiting: Waiting,
  new_password: NewPassword,
  ended: Ended,
} as const satisfies Record<Step['kind'], unknown>

/** What every step component is given. */
export type StepProps<K extends Step['kind']> = {
  step: Extract<Step, { kind: K }>
  visit: Visit
  language: Language
}

/** The step as it is when it has this kind, else nothing. */
const of = <K extends Step['kind']>(step: Step, kind: K): Extract<Step, { kind: K }> | null =>
  step.kind === kind ? (step as Extract<Step, { kind: K }>) : null

/** Shows the step the server gave, and trouble of the last call beside it. */
export const StepView = (props: { answer: StepAnswer; visit: Visit; language: Language }) => {
  const copy = useCopy()
  const step = () => props.answer.step
  const shared = {
    visit: props.visit,
    get language() {
      return props.language
    },
  }
  return (
    <>
      <Switch>
        <Match when={of(step(), 'who_asks')}>{(now) => <WhoAsks step={now()} {...shared} />}</Match>
        <Match when={of(step(), 'match_code')}>{(now) => <MatchCode step={now()} {...shared} />}</Match>
        <Match when={of(step(), 'checking')}>{(now) => <Checking step={now()} {...shared} />}</Match>
        <Match when={of(step(), 'question')}>
          {/* keyed by position: each question starts afresh */}
          {(now) => (
            <Show when={now().position + 1} keyed>
              <Question step={now()} {...shared} />
            </Show>
          )}
        </Match>
        <Match when={of(step(), 'second_code')}>{(now) => <SecondCode step={now()} {...shared} />}</Match>
        <Match when={of(step(), 'waiting')}>{(now) => <Waiting step={now()} {...shared} />}</Match>
        <Match when={of(step(), 'new_password')}>{(now) => <NewPassword step={now()} {...shared} />}</Match>
        <Match when={of(step(), 'ended')}>{(now) => <Ended step={now()} {...shared} />}</Match>
      </Switch>
      <Show when={props.visit.trouble()}>
        {(trouble) => (
          <p class="error" role="alert">
            {copy().dead[trouble()].join('. ')}
          </p>
        )}
      </Show>
    </>
  )
}
