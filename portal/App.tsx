import { createEffect, createSignal, onMount, Show, type Component } from 'solid-js'
import { pickLanguage, speak, useCopy, type Language } from './copy/index.ts'
import { Dead } from './components/Dead.tsx'
import { LanguageSwitch } from './components/LanguageSwitch.tsx'
import { StepView } from './steps/StepView.tsx'
import { createVisit, type Visit } from './visit.ts'

type Page = Component<{ visit: Visit; language: Language }>

/** The whole portal: one column, one step at a time. */
export const App = (props: { path: string; token: string | null }) => {
  // The address does not change during a visit, hence no reactivity is lost here.
  // eslint-disable-next-line solid/reactivity -- read once on purpose
  const visit = createVisit(props.token)
  const copy = useCopy()
  const [language, setLanguage] = createSignal<Language>(pickLanguage(navigator.languages))
  const [isReady, setReady] = createSignal(false)
  const [Report, setReport] = createSignal<Page | null>(null)
  const [isMissing, setMissing] = createSignal(false)

  const enter = async () => {
    if (props.path !== '/not-me') return visit.enter()
    setMissing(false)
    await import('./ReportPage.tsx').then(
      (module) => setReport(() => module.ReportPage),
      () => setMissing(true),
    )
  }
  // Without its words a language is not shown; the page goes on in the one it has.
  createEffect(() => void speak(language()).finally(() => setReady(true)))
  createEffect(() => {
    document.title = copy().title
    const accent = visit.brand()?.accent
    if (accent) document.documentElement.style.setProperty('--brand', accent)
  })
  onMount(() => void enter())

  const trouble = () => (isMissing() ? 'offline' : visit.trouble())
  const isDead = () => trouble() === 'dead_link' || trouble() === 'no_session'
  const step = () => (isReady() && !isDead() ? visit.answer() : null)
  const waitingOrDead = () => (
    <Show when={isReady() && trouble()} fallback={<p role="status">{copy().loading}</p>}>
      {(found) => <Dead trouble={found()} onRetry={() => void enter()} />}
    </Show>
  )
  return (
    <>
      <header class="top">
        <strong>{visit.brand()?.name ?? copy().title}</strong>
        <LanguageSwitch language={language()} onChange={setLanguage} />
      </header>
      <main>
        <Show
          when={isReady() && Report()}
          fallback={
            <Show when={step()} fallback={waitingOrDead()}>
              {(answer) => <StepView answer={answer()} visit={visit} language={language()} />}
            </Show>
          }
        >
          {(Shown) => {
            const ReportPage = Shown()
            return <ReportPage visit={visit} language={language()} />
          }}
        </Show>
      </main>
      <footer>
        <Show when={visit.brand()?.helpdeskPhone}>
          {(phone) => (
            <p>
              {copy().helpDesk} <a href={`tel:${phone().replace(/[^+\d]/g, '')}`}>{phone()}</a>
            </p>
          )}
        </Show>
      </footer>
    </>
  )
}
