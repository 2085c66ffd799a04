import { createEffect, createSignal, onMount, Show, untrack } from 'solid-js'
import { Dead } from './components/Dead.tsx'
import { Frame } from './components/Frame.tsx'
import { pickLanguage, speak, useCopy, type Language } from './copy/index.ts'
import { StepView } from './steps/StepView.tsx'
import type { Page } from './page.ts'
import type { Tab } from './tab.ts'
import { createVisit } from './visit.ts'

/** The whole portal: one column, one step at a time. */
export const App = (props: { path: string; tab: Tab }) => {
  // eslint-disable-next-line solid/reactivity -- the address does not change during a visit
  const visit = createVisit(props.tab)
  const copy = useCopy()
  const [language, setLanguage] = createSignal<Language>(pickLanguage(navigator.languages))
  const [isReady, setReady] = createSignal(false)
  const [Beside, setBeside] = createSignal<Page | null>(null)
  const [isMissing, setMissing] = createSignal(false)

  const trouble = () => (isMissing() ? 'offline' : visit.trouble())
  const isDead = () => trouble() === 'dead_link' || trouble() === 'no_session'

  /** Pages beside the steps of a verification are fetched only where one is shown. */
  const showBeside = async () => {
    setMissing(false)
    await import('./pages.ts')
      .then(async ({ pageOf, speakPages }) => {
        await speakPages(untrack(language))
        setBeside(() => pageOf(props.path))
      })
      .catch(() => setMissing(true))
  }
  const enter = async () => {
    const name = props.path.slice(1)
    // The first address shows the visit of this browser, if there is one.
    if (name.length < 2) await visit.enter()
    if (name.length > 1 || (name === '' && isDead())) await showBeside()
    // Addresses such as `/northwind` are the front doors of organisations.
    if (visit.brand() === null) await visit.introduce(name.length > 1 ? name : null)
  }
  createEffect(() => void speak(language()).finally(() => setReady(true)))
  createEffect(() => {
    const accent = visit.brand()?.accent
    if (accent) document.documentElement.style.setProperty('--brand', accent)
  })
  onMount(() => void enter())

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
      <Show when={isReady() && Beside()} fallback={step()} keyed>
        {(BesidePage) => <BesidePage visit={visit} language={language()} />}
      </Show>
    </Frame>
  )
}
