import { createEffect, createSignal, onMount, Show, untrack } from 'solid-js'
import { Dead } from './components/Dead.tsx'
import { Frame } from './components/Frame.tsx'
import { pickLanguage, speak, useCopy, type Language } from './copy/index.ts'
import { StepView } from './steps/StepView.tsx'
import type { Page } from './page.ts'
import { createVisit } from './visit.ts'

/** The whole portal: one column, one step at a time. */
export const App = (props: { path: string; token: string | null }) => {
  // eslint-disable-next-line solid/reactivity -- the address does not change during a visit
  const visit = createVisit(props.token)
  const copy = useCopy()
  const [language, setLanguage] = createSignal<Language>(pickLanguage(navigator.languages))
  const [isReady, setReady] = createSignal(false)
  const [Report, setReport] = createSignal<Page | null>(null)
  const [isMissing, setMissing] = createSignal(false)

  const enter = async () => {
    // Pages beside the steps of a verification are fetched only where one is shown.
    const path = props.path
    if (path.length < 3) return visit.enter()
    setMissing(false)
    await import('./pages.ts')
      .then(async ({ pageOf, speakPages }) => {
        await speakPages(untrack(language))
        return pageOf(path)
      })
      .then(
        (page) => setReport(() => page),
        () => setMissing(true),
      )
  }
  createEffect(() => void speak(language()).finally(() => setReady(true)))
  createEffect(() => {
    document.title = copy().title
    const accent = visit.brand()?.accent
    if (accent) document.documentElement.style.setProperty('--brand', accent)
  })
  onMount(() => void enter())

  const trouble = () => (isMissing() ? 'offline' : visit.trouble())
  const isDead = () => trouble() === 'dead_link' || trouble() === 'no_session'
  const answer = () => (isReady() && !isDead() ? visit.answer() : null)
  const notYet = () => (
    <Show when={isReady() && trouble()} fallback={<p role="status">{copy().loading}</p>}>
      {(found) => <Dead trouble={found()} onRetry={() => void enter()} />}
    </Show>
  )
  const step = () => (
    <Show when={answer()} fallback={notYet()}>
      {(now) => <StepView answer={now()} visit={visit} language={language()} />}
    </Show>
  )
  return (
    <Frame visit={visit} language={language()} onLanguage={setLanguage}>
      <Show when={isReady() && Report()} fallback={step()} keyed>
        {(ReportPage) => <ReportPage visit={visit} language={language()} />}
      </Show>
    </Frame>
  )
}
