import { onMount, Show } from 'solid-js'
import type { ReportPage as Page } from '#api/contract/portal.ts'
import { readersLocale } from '#platform/ui/locale.ts'
import { ConfirmNo } from './components/ConfirmNo.tsx'
import { Dead } from './components/Dead.tsx'
import { StepPage } from './components/StepPage.tsx'
import { useCopy, type Language } from './copy/index.ts'
import { usePageCopy } from './copy/pages.ts'
import { createReport } from './report.ts'
import type { Visit } from './visit.ts'

/** "This was not me" from a message: what happened, two digits, everything of that person stops. */
export const ReportPage = (props: { visit: Visit; language: Language }) => {
  const copy = useCopy()
  const pages = usePageCopy(() => props.language)
  const words = () => pages().report
  // eslint-disable-next-line solid/reactivity -- one visit a page, never another
  const report = createReport(props.visit)
  onMount(() => void report.open())

  const facts = ({ purpose, at }: Page) => {
    const format = new Intl.DateTimeFormat(readersLocale(props.language), {
      dateStyle: 'medium',
      timeStyle: 'long',
    })
    const time = format.format(new Date(at))
    return purpose === null ? words().time(time) : words().facts(copy().purposes[purpose], time)
  }
  const asked = () => (report.trouble() === 'dead_link' ? null : report.page())
  const notYet = () => (
    <Show when={report.trouble()} fallback={<p role="status">{copy().loading}</p>}>
      {(found) => (
        <Show
          when={found() === 'dead_link'}
          fallback={<Dead trouble={found()} onRetry={() => void report.open()} />}
        >
          <StepPage heading={words().dead[0]}>
            <p>{words().dead[1]}</p>
          </StepPage>
        </Show>
      )}
    </Show>
  )
  const done = () => (
    <StepPage heading={words().stopped}>
      <p>{words().done}</p>
    </StepPage>
  )
  const question = () => (
    <Show when={asked()} fallback={notYet()}>
      {(page) => (
        <StepPage heading={words().heading}>
          <p>{words().kinds[page().kind].page}</p>
          <p class="muted">{facts(page())}</p>
          <ConfirmNo
            digits={page().digits}
            story={words().story}
            visit={report}
            onConfirm={(digits) => void report.confirm(digits)}
          />
        </StepPage>
      )}
    </Show>
  )
  return (
    <Show when={!report.isDone()} fallback={done()}>
      {question()}
    </Show>
  )
}
