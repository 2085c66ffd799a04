import { createEffect, createSignal, For, lazy, Match, onMount, Show, Suspense, Switch } from 'solid-js'
import { copies, CopyContext, languages, pickLanguage, type Copy, type Language } from './copy/index.ts'
import { Dead } from './components/Dead.tsx'
import { NotMe } from './components/NotMe.tsx'
import { StepView } from './steps/StepView.tsx'
import { createVisit } from './visit.ts'

const ReportPage = lazy(() => import('./ReportPage.tsx').then((module) => ({ default: module.ReportPage })))

/** The whole portal: one column, one step at a time. */
export const App = (props: { path: string; token: string | null }) => {
  // The address does not change during a visit, hence no reactivity is lost here.
  // eslint-disable-next-line solid/reactivity
  const visit = createVisit(props.token)
  const [language, setLanguage] = createSignal<Language>(pickLanguage(navigator.languages))
  const [copy, setCopy] = createSignal<Copy>(copies.en)
  const isReport = () => props.path === '/not-me'

  createEffect(() => {
    const wanted = language()
    document.documentElement.lang = wanted
    void languages[wanted].load().then(setCopy)
  })
  createEffect(() => {
    document.title = copy().title
    const accent = visit.answer()?.brand.accent
    if (accent) document.documentElement.style.setProperty('--accent', accent)
  })
  onMount(() => {
    if (!isReport()) void visit.enter()
  })

  return (
    <CopyContext.Provider value={copy}>
      <header class="top">
        <strong>{visit.answer()?.brand.name ?? copy().title}</strong>
        <select
          aria-label={copy().language}
          value={language()}
          onChange={(event) => setLanguage(event.currentTarget.value as Language)}
        >
          <For each={Object.entries(languages)}>
            {([code, entry]) => (
              <option value={code} selected={code === language()}>
                {entry.name}
              </option>
            )}
          </For>
        </select>
      </header>
      <main>
        <Suspense>
          <Switch fallback={<p role="status">{copy().loading}</p>}>
            <Match when={isReport()}>
              <ReportPage token={props.token} />
            </Match>
            <Match when={visit.answer()}>
              {(answer) => <StepView answer={answer()} visit={visit} language={language()} />}
            </Match>
            <Match when={visit.trouble()}>
              {(trouble) => <Dead trouble={trouble()} onRetry={() => void visit.enter()} />}
            </Match>
          </Switch>
        </Suspense>
      </main>
      <footer>
        <Show when={visit.answer()?.brand.helpdeskPhone}>
          {(phone) => (
            <p>
              {copy().helpDesk} <a href={`tel:${phone().replace(/[^+\d]/g, '')}`}>{phone()}</a>
            </p>
          )}
        </Show>
        <NotMe visit={visit} />
      </footer>
    </CopyContext.Provider>
  )
}
