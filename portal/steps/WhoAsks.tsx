import { createSignal, Show, type JSX } from 'solid-js'
import { readersLocale } from '#platform/ui/locale.ts'
import { ConfirmNo } from '../components/ConfirmNo.tsx'
import { Each } from '../components/Each.tsx'
import { StepPage } from '../components/StepPage.tsx'
import { useCopy, type Language } from '../copy/index.ts'
import type { StepProps } from './step-props.ts'

/**
 * Says who asks, why, and what is looked at; "No" comes first and is as large as "Yes" (B8). Nothing is spent by "Yes".
 */
export const WhoAsks = (props: StepProps<'who_asks'>) => {
  const copy = useCopy()
  const [saysNo, setNo] = createSignal(false)
  const token = () => props.visit.token ?? ''
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
        <p>{copy().who.story(props.step, copy().purposes[props.step.purpose])}</p>
        <Facts step={props.step} organisation={props.visit.brand()?.name} language={props.language} />
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
          <p>{copy().who.kept(props.step.rawDays)}</p>
        </div>
      </StepPage>
    </Show>
  )
}

/** Organisation, ticket, exact time and city-level origin of the request; what is not known has no line. */
const Facts = (props: {
  step: StepProps<'who_asks'>['step']
  organisation: string | undefined
  language: Language
}) => {
  const copy = useCopy()
  const locale = () => readersLocale(props.language)
  const origin = () => {
    const { city = null, country = null } = props.step.origin ?? {}
    const land = country && new Intl.DisplayNames(locale(), { type: 'region' }).of(country)
    return [city, land].filter(Boolean).join(', ')
  }
  const since = () =>
    new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'long' }).format(
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
      {fact(copy().who.facts.organisation, props.organisation)}
      {fact(copy().who.facts.ticket, props.step.ticket)}
      {fact(copy().who.facts.since, <time dateTime={props.step.startedAt}>{since()}</time>)}
      {fact(copy().who.facts.from, origin())}
    </dl>
  )
}
