import { createSignal, Show } from 'solid-js'
import { readersLocale } from '#platform/ui/locale.ts'
import { ConfirmNo } from '../components/ConfirmNo.tsx'
import { Each } from '../components/Each.tsx'
import { StepPage } from '../components/StepPage.tsx'
import { useCopy } from '../copy/index.ts'
import type { StepProps } from './step-of.ts'

/** Who asks, why, what is looked at; "No" first and as large as "Yes" (security.md B8). Nothing is spent by "Yes". */
export const WhoAsks = (props: StepProps<'who_asks'>) => {
  const copy = useCopy()
  const [saysNo, setNo] = createSignal(false)
  const token = () => props.visit.token ?? ''
  const time = () =>
    new Intl.DateTimeFormat(readersLocale(props.language), { timeStyle: 'short' }).format(
      new Date(props.step.startedAt),
    )
  const sayYes = () => void props.visit.go('public.openLink', { body: { token: token(), confirmed: true } })
  const sayNo = (digits: string) =>
    void props.visit.go('public.declineLink', { body: { token: token(), digits } })
  return (
    <Show
      when={!saysNo()}
      fallback={
        <StepPage heading={copy().notMe.heading}>
          <ConfirmNo
            digits={props.step.declineDigits}
            isWorking={props.visit.isWorking()}
            onConfirm={sayNo}
            onBack={() => setNo(false)}
          />
        </StepPage>
      }
    >
      <StepPage heading={copy().who.heading}>
        <p>{copy().who.story(props.step, copy().purposes[props.step.purpose], time())}</p>
        <Show when={props.step.ticket}>{(ticket) => <p class="muted">{copy().who.ticket(ticket())}</p>}</Show>
        <div class="choices">
          <button type="button" class="choice" onClick={() => setNo(true)}>
            {copy().who.no}
          </button>
          <button type="button" class="choice" disabled={props.visit.isWorking()} onClick={sayYes}>
            {copy().who.yes}
          </button>
        </div>
        <div class="muted small">
          <p>{copy().who.looks}</p>
          <ul>
            <Each of={props.step.looksAt}>{(key) => <li>{copy().who.looksAt[key] ?? key}</li>}</Each>
          </ul>
          <p>{copy().who.kept(props.step.keptDays)}</p>
        </div>
      </StepPage>
    </Show>
  )
}
