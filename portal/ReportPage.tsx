import { createSignal, Match, onMount, Switch } from 'solid-js'
import type { ReportPage as Page } from '#api/contract/portal.ts'
import { createClient, ProblemError } from '#api/contract/client.ts'
import { publicRoutes } from '#api/contract/routes-portal.ts'
import { ConfirmNo } from './components/ConfirmNo.tsx'
import { Dead } from './components/Dead.tsx'
import { StepPage } from './components/StepPage.tsx'
import { useCopy } from './copy/index.ts'
import { followLanguage, useLaterCopy } from './copy/later.ts'

type Trouble = 'dead_link' | 'offline' | 'busy'

const troubleOf = (error: unknown): Trouble => {
  if (!(error instanceof ProblemError)) return 'offline'
  return error.problem.status === 404 ? 'dead_link' : 'busy'
}

/** "This was not me" from a message: what happened, two digits, everything of that person stops. */
export const ReportPage = (props: { token: string | null }) => {
  const copy = useCopy()
  const later = useLaterCopy()
  followLanguage()
  const call = createClient(publicRoutes)()
  const [isDone, setDone] = createSignal(false)
  const [isWorking, setWorking] = createSignal(false)
  const [trouble, setTrouble] = createSignal<Trouble | null>(null)
  const [page, setPage] = createSignal<Page | null>(null)
  const open = async () => {
    if (props.token === null) return void setTrouble('dead_link')
    try {
      setTrouble(null)
      setPage(await call('public.openReport', { body: { token: props.token } }))
    } catch (error) {
      setTrouble(troubleOf(error))
    }
  }
  onMount(() => void open())
  const time = (at: string) =>
    new Intl.DateTimeFormat(document.documentElement.lang, {
      dateStyle: 'medium',
      timeStyle: 'short',
    }).format(new Date(at))
  const confirm = async (digits: string) => {
    if (props.token === null) return
    setWorking(true)
    try {
      await call('public.confirmReport', { body: { token: props.token, digits } })
      setDone(true)
    } catch (error) {
      setTrouble(troubleOf(error))
    } finally {
      setWorking(false)
    }
  }
  return (
    <Switch fallback={<p role="status">{copy().loading}</p>}>
      <Match when={isDone()}>
        <StepPage heading={later().report.stopped}>
          <p>{later().report.done}</p>
        </StepPage>
      </Match>
      <Match when={trouble()}>{(now) => <Dead trouble={now()} onRetry={() => void open()} />}</Match>
      <Match when={page()}>
        {(now) => (
          <StepPage heading={later().report.heading}>
            <p>{later().report.kinds[now().kind]}</p>
            <p class="muted">{later().report.at(time(now().at))}</p>
            <ConfirmNo
              digits={now().digits}
              isWorking={isWorking()}
              onConfirm={(digits) => void confirm(digits)}
            />
          </StepPage>
        )}
      </Match>
    </Switch>
  )
}
