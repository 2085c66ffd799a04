import { createEffect, createSignal, onMount, Show, untrack } from 'solid-js'
import { Dead } from './components/Dead.tsx'
import { Frame } from './components/Frame.tsx'
import { pickLanguage, speak, useCopy, type Language } from './copy/index.ts'
import { StepView } from './steps/StepView.tsx'
import type { Page } from './page.ts'
import type { Tab } from './tab.ts'
import { createVisit, type Visit } from './visit.ts'

/** The way in: the steps of a verification, or a page beside them, which is fetched only where one is shown. */
const createWay = (path: string, visit: Visit, language: () => Language) => {
  const [Beside, setBeside] = createSignal<Page | null>(null)
  const [isMissing, setMissing] = createSignal(false)
  const trouble = () => (isMissing() ? 'offline' : visit.trouble())
  const isDead = () => trouble() === 'dead_link' || trouble() === 'no_session'
  const showBeside = async () => {
    setMissing(false)
    try {
      const { pageOf, speakPages } = await import('./pages.ts')
      await speakPages(untrack(language))
      setBeside(() => pageOf(path))
    } catch {
      setMissing(true)
    }
  }
  /** Asks for the look of the organisation, where no answer told it; addresses such as `/northwind` name one. */
  const introduce = async (organisation: string | null) => {
    // The page works without.
    const found = await visit.call('public.frontDoor', { body: { organisation } }).catch(() => null)
    if (found?.brand) visit.setBrand(found.brand)
  }
  const enter = async () => {
    const name = path.slice(1)
    // The first address shows the visit of this browser, if there is one.
    if (name.length < 2) await visit.enter()
    if (name.length > 1 || (name === '' && isDead())) await showBeside()
    if (visit.brand() === null) await introduce(name.length > 1 ? name : null)
  }
  return { Beside, trouble, isDead, enter }
}

/** The whole portal: one column, one step at a time. */
export const App = (props: { path: string; tab: Tab }) => {
  // eslint-disable-next-line solid/reactivity -- the address does not change during a visit
  const visit = createVisit(props.tab)
  const copy = useCopy()
  const [language, setLanguage] = createSignal<Language>(pickLanguage(navigator.languages))
  const [isReady, setReady] = createSignal(false)
  // eslint-disable-next-line solid/reactivity -- nor does its path
  const way = createWay(props.path, visit, language)
  createEffect(() => void speak(language()).finally(() => setReady(true)))
  createEffect(() => {
    const accent = visit.brand()?.accent
    if (accent) document.documentElement.style.setProperty('--brand', accent)
  })
  onMount(() => void way.enter())

  const answer = () => (isReady() && !way.isDead() ? visit.answer() : null)
  const notYet = () => (
    <Show when={isReady() && way.trouble()} fallback={<p role="status">{copy().loading}</p>}>
      {(found) => <Dead trouble={found()} onRetry={() => void way.enter()} />}
    </Show>
  )
  const step = () => (
    <Show when={answer()} fallback={notYet()}>
      {(now) => <StepView answer={now()} visit={visit} language={language()} />}
    </Show>
  )
  return (
    <Frame visit={visit} language={language()} onLanguage={setLanguage}>
      <Show when={isReady() && way.Beside()} fallback={step()} keyed>
        {(BesidePage) => <BesidePage visit={visit} language={language()} />}
      </Show>
    </Frame>
  )
}
