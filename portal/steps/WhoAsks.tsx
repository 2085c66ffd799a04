import { createSignal, Show, type JSX } from 'solid-js'
import { readersLocale } from '#platform/ui/locale.ts'
import { ConfirmNo } from '../components/ConfirmNo.tsx'
import { Each } from '../components/Each.tsx'
import { StepPage } from '../components/StepPage.tsx'
import { useCopy, type Language } from '../copy/index.ts'
import type { StepProps } from './step-props.ts'

/** The words of the page differ: a request of one's own, a check by the help desk, or the way back after an approval. */
const kindOf = ({ approved, agentName, purpose }: StepProps<'who_asks'>['step']) => {
  if (approved) return 'approved'
  if (agentName === null) return 'alone'
  return purpose === 'identity_check' ? 'check' : 'call'
}

/**
 * Says who asks, why, and what is looked at; "No" comes before the field for the code, which says "Yes" (B8). Nothing is spent
 * before the code is right.
 */
export const WhoAsks = (props: StepProps<'who_asks'> & { children: JSX.Element }) => {
  const copy = useCopy()
  const [saysNo, setNo] = createSignal(false)
  const words = () => copy().who.kinds[kindOf(props.step)]
  const sayNo = (digits: string) =>
    void props.visit.go('public.declineLink', { body: { token: props.visit.token ?? '', digits } })
  return (
    <Show
      when={!saysNo()}
      fallback={
        <StepPage heading={copy().notMe.heading}>
          <ConfirmNo
            digits={props.step.declineDigits}
            visit={props.visit}
            onConfirm={sayNo}
            onBack={() => setNo(false)}
          />
        </StepPage>
      }
    >
      <StepPage heading={words().heading}>
        <p>{words().story(props.step.agentName ?? '', copy().purposes[props.step.purpose])}</p>
        <Facts step={props.step} language={props.language} />
        <button type="button" onClick={() => setNo(true)}>
          {words().no}
        </button>
        {props.children}
        <div class="muted small">
          <p>{copy().who.looks}</p>
          <ul>
            <Each of={props.step.looksAt}>{(key) => <li>{copy().who.looksAt[key] ?? key}</li>}</Each>
          </ul>
          <p>{copy().who.kept(props.step.rawDays)}</p>
        </div>
      </StepPage>
    </Show>
  )
}

/** Ticket, exact time and city-level origin of the request; what is not known has no line. */
const Facts = (props: { step: StepProps<'who_asks'>['step']; language: Language }) => {
  const copy = useCopy()
  const locale = () => readersLocale(props.language)
  const origin = () => {
    const { city = null, country = null } = props.step.origin ?? {}
    const land = country && new Intl.DisplayNames(locale(), { type: 'region' }).of(country)
    return [city, land].filter(Boolean).join(', ')
  }
  const since = () =>
    new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short' }).format(
      new Date(props.step.startedAt),
    )
  const fact = (name: string, value: JSX.Element) => (
    <Show when={value}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </Show>
  )
  return (
    <dl class="small">
      {fact(copy().who.facts.ticket, props.step.ticket)}
      {fact(copy().who.facts.since, <time dateTime={props.step.startedAt}>{since()}</time>)}
      {fact(copy().who.facts.from, origin())}
    </dl>
  )
}
