import { createEffect, createSignal, For, Match, onMount, Show, Switch, type Component } from 'solid-js'
import { languages, pickLanguage, speak, useCopy, type Language } from './copy/index.ts'
import { Dead } from './components/Dead.tsx'
import { StepView } from './steps/StepView.tsx'
import { createVisit } from './visit.ts'

/** The whole portal: one column, one step at a time. */
export const App = (props: { path: string; token: string | null }) => {
  // The address does not change during a visit, hence no reactivity is lost here.
  // eslint-disable-next-line solid/reactivity
  const visit = createVisit(props.token)
  const copy = useCopy()
  const [language, setLanguage] = createSignal<Language>(pickLanguage(navigator.languages))
  const [report, setReport] = createSignal<Component<{ token: string | null }> | null>(null)

  createEffect(() => void speak(language()))
  createEffect(() => {
    document.title = copy().title
    const accent = visit.answer()?.brand.accent
    if (accent) document.documentElement.style.setProperty('--accent', accent)
  })
  onMount(() => {
    if (props.path !== '/not-me') void visit.enter()
    else void import('./ReportPage.tsx').then((module) => setReport(() => module.ReportPage))
  })

  return (
    <>
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
        <Switch fallback={<p role="status">{copy().loading}</p>}>
          <Match when={report()}>{(Report) => Report()({ token: props.token })}</Match>
          <Match when={visit.answer()}>
            {(answer) => <StepView answer={answer()} visit={visit} language={language()} />}
          </Match>
          <Match when={visit.trouble()}>
            {(trouble) => <Dead trouble={trouble()} onRetry={() => void visit.enter()} />}
          </Match>
        </Switch>
      </main>
      <footer>
        <Show when={visit.answer()?.brand.helpdeskPhone}>
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
