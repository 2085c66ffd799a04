import { For, Show } from 'solid-js'
import type { ReportedCase } from '#api/contract/console-access.ts'
import { Quoted } from '../../components/Quoted.tsx'
import { useCopy } from '../../copy/index.ts'
import { actionWords } from '../../lib/action-words.ts'
import { useFormat } from '../../lib/format.ts'
import { duration } from '../../lib/time.ts'

type Part = { entry: ReportedCase }

const wordOf = (table: Readonly<Record<string, string>>, code: string | null): string =>
  code === null ? '' : (table[code] ?? code)

/** Every verification, newest first: what was done, shown, seen and decided. */
export const Cases = (props: { cases: readonly ReportedCase[] }) => {
  const copy = useCopy()
  return (
    <section>
      <h2>
        {copy().access.cases} <span class="count">{props.cases.length}</span>
      </h2>
      <Show when={props.cases.length > 0} fallback={<p class="muted">{copy().access.noCases}</p>}>
        <For each={props.cases}>{(entry) => <Case entry={entry} />}</For>
      </Show>
    </section>
  )
}

const Case = (props: Part) => {
  const copy = useCopy()
  const format = useFormat()
  const words = () => copy().access
  const title = () => {
    const { purpose, outcome, state } = props.entry
    return `${wordOf(copy().purposes, purpose)}: ${outcome === null ? wordOf(copy().states, state) : wordOf(copy().outcomes, outcome)}`
  }
  const risk = () => {
    if (props.entry.band === null) return null
    const band = wordOf(copy().bands, props.entry.band)
    return props.entry.risk === null
      ? words().riskBand(band)
      : words().risk(format.tenths(props.entry.risk), band)
  }
  const head = () =>
    [
      words().startedBy(props.entry.referrer.name, format.moment(props.entry.startedAt)),
      props.entry.closedAt === null ? words().open : words().closed(format.moment(props.entry.closedAt)),
      props.entry.ticket === null ? null : words().ticket(props.entry.ticket),
      risk(),
    ].filter(Boolean)
  return (
    <section class="card case" aria-label={title()}>
      <h3>{title()}</h3>
      <p class="muted">{head().join(' · ')}</p>
      <Decision entry={props.entry} />
      <Messages entry={props.entry} />
      <Asked entry={props.entry} />
      <Checks entry={props.entry} />
      <FeedbackAndLabels entry={props.entry} />
      <Show when={props.entry.rawUntil}>
        {(at) => <p class="muted small">{words().rawUntil(format.moment(at()))}</p>}
      </Show>
    </section>
  )
}

const Decision = (props: Part) => {
  const copy = useCopy()
  const format = useFormat()
  return (
    <>
      <Show when={props.entry.decision}>
        {(made) => (
          <p>
            {copy().access.decided(
              wordOf(copy().access.decisions, made().decision),
              wordOf(copy().actorKinds, made().by),
              format.moment(made().at),
            )}
            <Show when={made().second}>{(name) => <>; {copy().access.second(name())}</>}</Show>
            <Quoted before=" " text={made().reason} />
          </p>
        )}
      </Show>
      <Show when={props.entry.action}>
        {(action) => (
          <p>
            {actionWords(copy(), props.entry.purpose)[action().state]}
            <Show when={action().at}>{(at) => <>, {format.moment(at())}</>}</Show>
          </p>
        )}
      </Show>
    </>
  )
}

const Messages = (props: Part) => {
  const copy = useCopy()
  const format = useFormat()
  const status = (message: ReportedCase['messages'][number]) =>
    wordOf(
      message.kind.startsWith('notice.') ? copy().access.noticeStatus : copy().deliveryStatus,
      message.status,
    )
  return (
    <>
      <h4>{copy().access.messages}</h4>
      <Show
        when={props.entry.messages.length > 0}
        fallback={<p class="muted small">{copy().access.noMessages}</p>}
      >
        <ul class="plain small">
          <For each={props.entry.messages}>
            {(message) => (
              <li>
                {wordOf(copy().access.messageKinds, message.kind)} ·{' '}
                {wordOf(copy().channels, message.channel)} <span class="mono">{message.contact}</span> ·{' '}
                {status(message)} · {format.moment(message.at)}
              </li>
            )}
          </For>
        </ul>
      </Show>
    </>
  )
}

const Asked = (props: Part) => {
  const copy = useCopy()
  const format = useFormat()
  const words = () => copy().access
  return (
    <>
      <h4>{words().asked}</h4>
      <Show when={props.entry.asked.length > 0} fallback={<p class="muted small">{words().noneAsked}</p>}>
        <ul class="plain small">
          <For each={props.entry.asked}>
            {(asked) => (
              <li>
                {wordOf(copy().policy.families, asked.family)} ·{' '}
                {asked.listed === null ? words().noList : words().listOf(format.whole(asked.listed))} ·{' '}
                {asked.isAnswered && asked.seconds !== null
                  ? words().answered(duration(asked.seconds))
                  : words().notAnswered}{' '}
                · {format.moment(asked.at)}
              </li>
            )}
          </For>
        </ul>
        <p class="muted small">{words().askedStory}</p>
      </Show>
    </>
  )
}

const Checks = (props: Part) => {
  const copy = useCopy()
  const format = useFormat()
  const said = () => props.entry.checks.filter(({ status }) => status !== 'not_applicable')
  const size = (applied: number) => `${applied > 0 ? '+' : ''}${format.tenths(applied)}`
  return (
    <>
      <h4>{copy().access.checks}</h4>
      <Show when={said().length > 0} fallback={<p class="muted small">{copy().access.noChecks}</p>}>
        <ul class="plain small checks-told">
          <For each={said()}>
            {(check) => (
              <li>
                {copy().checkName(check.code)}: {copy().sentence(check.text)}{' '}
                <span class="muted">
                  <Show when={check.applied !== 0}>({copy().access.counted(size(check.applied))}) </Show>
                  <Show when={check.mode === 'shadow'}>({copy().access.watched}) </Show>
                  {check.evidence
                    .map(({ label, value }) => `${copy().evidence(label)}: ${copy().evidenceValue(value)}`)
                    .join('; ')}
                </span>
              </li>
            )}
          </For>
        </ul>
        <Show when={props.entry.isDetailWithheld}>
          <p class="muted small">{copy().access.detailWithheld}</p>
        </Show>
      </Show>
    </>
  )
}

const FeedbackAndLabels = (props: Part) => {
  const copy = useCopy()
  const format = useFormat()
  return (
    <>
      <Show when={props.entry.feedback}>
        {(feedback) => (
          <p>
            {copy().access.feedback}: {wordOf(copy().feedback, feedback().rating)}
            <Quoted before=" " text={feedback().comment} />
          </p>
        )}
      </Show>
      <Show when={props.entry.labels.length > 0}>
        <h4>{copy().access.labels}</h4>
        <ul class="plain small">
          <For each={props.entry.labels}>
            {(label) => (
              <li>
                {wordOf(copy().labels, label.label)}: <q>{label.reason}</q> · {label.by},{' '}
                {format.moment(label.at)}
              </li>
            )}
          </For>
        </ul>
      </Show>
    </>
  )
}
