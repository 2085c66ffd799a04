import { createSignal, Match, onMount, Show, Switch, type Component } from 'solid-js'
import type { Step, StepAnswer } from '#api/contract/portal.ts'
import { useCopy, type Language } from '../copy/index.ts'
import type { Visit } from '../visit.ts'
import { isLater, stepOf, type StepProps } from './step-of.ts'
import { WhoAsks } from './WhoAsks.tsx'

/** Shows the step the server gave, and trouble of the last call beside it. */
export const StepView = (props: { answer: StepAnswer; visit: Visit; language: Language }) => {
  const copy = useCopy()
  const step = () => props.answer.step
  const [Later, setLater] = createSignal<Component<StepProps<Step['kind']>> | null>(null)
  onMount(async () => {
    const module = await import('./LaterStep.tsx')
    setLater(() => module.LaterStep)
  })
  return (
    <>
      <Switch>
        <Match when={stepOf(step(), 'who_asks')}>
          {(now) => <WhoAsks step={now()} visit={props.visit} language={props.language} />}
        </Match>
        <Match when={isLater(step())}>
          <Show when={Later()} fallback={<p role="status">{copy().loading}</p>}>
            {(Shown) => {
              const Component = Shown()
              return <Component step={step()} visit={props.visit} language={props.language} />
            }}
          </Show>
        </Match>
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
