import { onCleanup, onMount, Show } from 'solid-js'
import { StepPage } from '../components/StepPage.tsx'
import { useLaterCopy } from '../copy/later.ts'
import type { StepProps } from './step-of.ts'

const firstMs = 700
const longestMs = 3000

/** Nothing to do here: asks for the next step, ever more slowly, up to every three seconds. */
export const Waiting = (props: StepProps<'waiting'>) => {
  const later = useLaterCopy()
  let timer: ReturnType<typeof setTimeout> | undefined
  const ask = (delay: number) => {
    timer = setTimeout(async () => {
      await props.visit.go('portal.step', {})
      ask(Math.min(longestMs, delay * 1.3))
    }, delay)
  }
  onMount(() => ask(firstMs))
  onCleanup(() => clearTimeout(timer))
  return (
    <StepPage heading={later().waiting[props.step.for]} progress={props.step.progress}>
      <Show when={props.step.for === 'decision'}>
        <p>{later().waiting.decisionMore}</p>
      </Show>
      <progress class="running" aria-label={later().waiting[props.step.for]} />
    </StepPage>
  )
}
