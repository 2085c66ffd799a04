import { Match, Show, Switch } from 'solid-js'
import type { Step } from '#api/contract/portal.ts'
import { NotMe } from '../components/NotMe.tsx'
import { followLanguage } from '../copy/later.ts'
import { Checking } from './Checking.tsx'
import { Ended } from './Ended.tsx'
import { MatchCode } from './MatchCode.tsx'
import { NewPassword } from './NewPassword.tsx'
import { Question } from './Question.tsx'
import { SecondCode } from './SecondCode.tsx'
import { Waiting } from './Waiting.tsx'
import styles from '../later.css?inline'
import { stepOf, type StepProps } from './step-of.ts'

// The first response carries only the styles of the first step; the policy allows style sheets made by script objects.
const sheet = new CSSStyleSheet()
sheet.replaceSync(styles)
document.adoptedStyleSheets.push(sheet)

/** Every step after the first; one file, fetched while the participant reads the first page. */
export const LaterStep = (props: StepProps<Step['kind']>) => {
  const of = <K extends Step['kind']>(kind: K) => stepOf(props.step, kind)
  followLanguage()
  return (
    <>
      <Switch>
        <Match when={of('match_code')}>
          {(now) => <MatchCode step={now()} visit={props.visit} language={props.language} />}
        </Match>
        <Match when={of('checking')}>
          {(now) => <Checking step={now()} visit={props.visit} language={props.language} />}
        </Match>
        <Match when={of('question')}>
          {/* keyed by position: each question starts afresh */}
          {(now) => (
            <Show when={now().position + 1} keyed>
              <Question step={now()} visit={props.visit} language={props.language} />
            </Show>
          )}
        </Match>
        <Match when={of('second_code')}>
          {(now) => <SecondCode step={now()} visit={props.visit} language={props.language} />}
        </Match>
        <Match when={of('waiting')}>
          {(now) => (
            <Show when={now().for} keyed>
              <Waiting step={now()} visit={props.visit} language={props.language} />
            </Show>
          )}
        </Match>
        <Match when={of('new_password')}>
          {(now) => <NewPassword step={now()} visit={props.visit} language={props.language} />}
        </Match>
        <Match when={of('ended')}>
          {(now) => <Ended step={now()} visit={props.visit} language={props.language} />}
        </Match>
      </Switch>
      <NotMe visit={props.visit} />
    </>
  )
}
