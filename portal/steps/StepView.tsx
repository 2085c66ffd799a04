import { createSignal, onMount, Show, untrack, type Component } from 'solid-js'
import type { StepAnswer } from '#api/contract/portal.ts'
import { Dead, Retry } from '../components/Dead.tsx'
import { TroubleElsewhere } from '../components/Trouble.tsx'
import { useCopy, type Language } from '../copy/index.ts'
import type { Visit } from '../visit.ts'
import type { LaterKind, StepProps } from './step-props.ts'
import { WhoAsks } from './WhoAsks.tsx'

type Later = { step: Component<StepProps<LaterKind>>; code: Component<StepProps<'who_asks'>> }

/** The file of the later steps: fetched as soon as the first page is there, and again by hand where it did not come. */
const createLater = (language: () => Language, visit: Visit) => {
  const [later, setLater] = createSignal<Later | null>(null)
  const [isMissing, setMissing] = createSignal(false)
  let failures = 0
  const load = async () => {
    setMissing(false)
    try {
      const module = await import('./LaterStep.tsx')
      await module.speakLater(untrack(language))
      setLater({ step: module.LaterStep, code: module.LinkCode })
    } catch {
      setMissing(true)
    }
  }
  /** Some browsers remember that a file was missing; a session survives a reload, which asks for it afresh. */
  const again = () => {
    failures += 1
    if (failures > 1 && visit.hasSession()) location.reload()
    else void load()
  }
  onMount(() => void load())
  return { later, isMissing, again }
}

/** Shows the step the server gave, and trouble of the last call beside it. */
export const StepView = (props: { answer: StepAnswer; visit: Visit; language: Language }) => {
  const copy = useCopy()
  const first = () => (props.answer.step.kind === 'who_asks' ? props.answer.step : null)
  // eslint-disable-next-line solid/reactivity -- one visit a page, never another
  const { later, isMissing, again } = createLater(() => props.language, props.visit)
  const loading = () => (
    <Show when={isMissing()} fallback={<p role="status">{copy().loading}</p>}>
      <Show when={first()} fallback={<Dead trouble="offline" onRetry={again} />}>
        <p class="error" role="alert">
          {copy().dead.offline.join('. ')}
        </p>
        <Retry onRetry={again} />
      </Show>
    </Show>
  )
  const laterStep = () => (
    <Show when={later()} fallback={loading()} keyed>
      {({ step: LaterStep }) => (
        <LaterStep
          step={props.answer.step as StepProps<LaterKind>['step']}
          visit={props.visit}
          language={props.language}
        />
      )}
    </Show>
  )
  return (
    <>
      <Show when={first()} fallback={laterStep()}>
        {(step) => (
          <WhoAsks step={step()} visit={props.visit} language={props.language}>
            <Show when={later()} fallback={loading()} keyed>
              {({ code: LinkCode }) => (
                <LinkCode step={step()} visit={props.visit} language={props.language} />
              )}
            </Show>
          </WhoAsks>
        )}
      </Show>
      <TroubleElsewhere visit={props.visit} />
    </>
  )
}
