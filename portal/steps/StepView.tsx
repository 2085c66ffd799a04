import { createSignal, onMount, Show, type Component } from 'solid-js'
import type { StepAnswer } from '#api/contract/portal.ts'
import { Dead, Retry } from '../components/Dead.tsx'
import { TroubleElsewhere } from '../components/Trouble.tsx'
import { useCopy, type Language } from '../copy/index.ts'
import type { Visit } from '../visit.ts'
import type { LaterKind, StepProps } from './step-props.ts'
import { WhoAsks } from './WhoAsks.tsx'

type Later = { step: Component<StepProps<LaterKind>>; code: Component<StepProps<'who_asks'>> }

/** Shows the step the server gave, and trouble of the last call beside it. */
export const StepView = (props: { answer: StepAnswer; visit: Visit; language: Language }) => {
  const copy = useCopy()
  const first = () => (props.answer.step.kind === 'who_asks' ? props.answer.step : null)
  const [Later, setLater] = createSignal<Later | null>(null)
  const [isMissing, setMissing] = createSignal(false)
  let failures = 0
  const load = async () => {
    setMissing(false)
    try {
      const module = await import('./LaterStep.tsx')
      await module.speakLater(props.language)
      setLater({ step: module.LaterStep, code: module.LinkCode })
    } catch {
      setMissing(true)
    }
  }
  /** Some browsers remember that a file was missing; a session survives a reload, which asks for it afresh. */
  const again = () => {
    failures += 1
    if (failures > 1 && props.visit.hasSession()) location.reload()
    else void load()
  }
  onMount(() => void load())
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
  const later = () => (
    <Show when={Later()} fallback={loading()} keyed>
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
      <Show when={first()} fallback={later()}>
        {(step) => (
          <WhoAsks step={step()} visit={props.visit} language={props.language}>
            <Show when={Later()} fallback={loading()} keyed>
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
