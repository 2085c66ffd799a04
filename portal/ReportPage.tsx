import { createSignal, onMount, Show } from 'solid-js'
import type { ReportPage as Page } from '#api/contract/portal.ts'
import { ConfirmNo } from './components/ConfirmNo.tsx'
import { Dead } from './components/Dead.tsx'
import { StepPage } from './components/StepPage.tsx'
import { useCopy, type Language } from './copy/index.ts'
import { reportCopy } from './copy/report.ts'
import { isOver, troubleOf, type Trouble, type Visit } from './visit.ts'

/** "This was not me" from a message: what happened, two digits, everything of that person stops. */
export const ReportPage = (props: { visit: Visit; language: Language }) => {
  const copy = useCopy()
  const words = () => reportCopy[props.language]
  const [isDone, setDone] = createSignal(false)
  const [isWorking, setWorking] = createSignal(false)
  const [trouble, setTrouble] = createSignal<Trouble | null>(null)
  const [page, setPage] = createSignal<Page | null>(null)
  const token = () => props.visit.token ?? ''

  const attempt = async (work: () => Promise<void>) => {
    setWorking(true)
    setTrouble(null)
    try {
      await work()
    } catch (error) {
      setTrouble(isOver(error) ? 'dead_link' : troubleOf(error))
    } finally {
      setWorking(false)
    }
  }
  const open = async () => {
    if (token() === '') return void setTrouble('dead_link')
    await attempt(async () => {
      const opened = await props.visit.call('public.openReport', { body: { token: token() } })
      props.visit.setBrand(opened.brand)
      setPage(opened)
    })
  }
  const confirm = (digits: string) =>
    attempt(async () => {
      await props.visit.call('public.confirmReport', { body: { token: token(), digits } })
      setDone(true)
    })
  onMount(() => void open())
  const time = (at: string) =>
    new Intl.DateTimeFormat(props.language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at))
  const notYet = () => (
    <Show when={trouble()} fallback={<p role="status">{copy().loading}</p>}>
      {(found) => <Dead trouble={found()} onRetry={() => void open()} />}
    </Show>
  )
  const asked = () => (trouble() === 'dead_link' ? null : page())
  return (
    <Show
      when={!isDone()}
      fallback={
        <StepPage heading={words().stopped}>
          <p>{words().done}</p>
        </StepPage>
      }
    >
      <Show when={asked()} fallback={notYet()}>
        {(now) => (
          <StepPage heading={words().heading}>
            <p>{words().kinds[now().kind]}</p>
            <p class="muted">{words().facts(copy().purposes[now().purpose], time(now().at))}</p>
            <ConfirmNo
              digits={now().digits}
              isWorking={isWorking()}
              onConfirm={(digits) => void confirm(digits)}
            />
            <Show when={trouble()}>
              {(found) => (
                <p class="error" role="alert">
                  {copy().dead[found()].join('. ')}
                </p>
              )}
            </Show>
          </StepPage>
        )}
      </Show>
    </Show>
  )
}
