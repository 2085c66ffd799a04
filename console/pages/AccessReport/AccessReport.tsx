import { For, onMount, Show } from 'solid-js'
import type { AccessReport as Report } from '#api/contract/console-access.ts'
import { useCopy } from '../../copy/index.ts'
import { contactSource } from '../../lib/contact-name.ts'
import { useFormat } from '../../lib/format.ts'
import { Cases } from './Cases.tsx'
import { Tables } from './Tables.tsx'

type Part = { report: Report }

/** The report as a page that prints: in words first, then table by table. */
export const AccessReport = (props: Part & { onAgain: () => void }) => {
  const copy = useCopy()
  const format = useFormat()
  let heading: HTMLHeadingElement | undefined
  onMount(() => heading?.focus())
  return (
    <article class="access-report" aria-label={copy().access.title}>
      <header class="panel-head">
        <div>
          <p class="print-only muted">{copy().access.title} · Countersign</p>
          <h1 ref={heading} tabIndex={-1}>
            {copy().access.about(props.report.person.name)}
          </h1>
          <p class="muted">
            {copy().access.madeAt(
              format.moment(props.report.madeAt),
              props.report.reference,
              props.report.organisation,
            )}
          </p>
        </div>
        <div class="tools no-print">
          <button type="button" onClick={() => print()}>
            {copy().access.print}
          </button>
          <button type="button" onClick={() => save(props.report)}>
            {copy().access.download}
          </button>
          <button type="button" class="quiet" onClick={() => props.onAgain()}>
            {copy().access.another}
          </button>
        </div>
      </header>
      <Person report={props.report} />
      <Contacts report={props.report} />
      <Cases cases={props.report.verifications} />
      <Facts report={props.report} />
      <Openings report={props.report} />
      <Tables tables={props.report.tables} />
    </article>
  )
}

/** Gives the report to the browser as a file; nothing is sent anywhere. */
const save = (report: Report): void => {
  const url = URL.createObjectURL(new Blob([JSON.stringify(report, null, 2)], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = `access-report-${report.person.login}-${report.madeAt.slice(0, 10)}.json`
  link.click()
  URL.revokeObjectURL(url)
}

const Person = (props: Part) => {
  const copy = useCopy()
  const format = useFormat()
  const lines = (): readonly (readonly [string, string | null])[] => {
    const { fields } = copy().access
    const { person } = props.report
    const moment = (at: string | null) => at && format.moment(at)
    return [
      [fields.login, person.login],
      [fields.email, person.email],
      [fields.title, person.title],
      [fields.department, person.department],
      [fields.team, person.team],
      [fields.managerName, person.managerName],
      [fields.office, person.office],
      [fields.country, person.country && format.country(person.country)],
      [fields.timeZone, person.timeZone],
      [fields.language, person.language && format.language(person.language)],
      [fields.hiredOn, person.hiredOn && format.date(person.hiredOn)],
      [fields.tier, copy().tiers[person.tier === 'privileged' ? 'privileged' : 'standard']],
      [fields.accountState, copy().accountStates[person.accountState] ?? person.accountState],
      [fields.directory, copy().access.directories[person.directory] ?? person.directory],
      [fields.passwordChangedAt, moment(person.passwordChangedAt)],
      [fields.secondStepChangedAt, moment(person.secondStepChangedAt)],
      [fields.refreshedAt, moment(person.refreshedAt)],
    ]
  }
  return (
    <section>
      <h2>{copy().access.person}</h2>
      <dl class="facts">
        <For each={lines().filter(([, value]) => value)}>
          {([name, value]) => (
            <div>
              <dt>{name}</dt>
              <dd class="break">{value}</dd>
            </div>
          )}
        </For>
      </dl>
    </section>
  )
}

const Contacts = (props: Part) => {
  const copy = useCopy()
  const format = useFormat()
  const words = () => copy().access
  return (
    <section>
      <h2>{words().contacts}</h2>
      <p class="muted small">{words().contactsStory}</p>
      <Show
        when={props.report.contacts.length > 0}
        fallback={<p class="muted">{copy().person.noContacts}</p>}
      >
        <ul class="plain">
          <For each={props.report.contacts}>
            {(contact) => (
              <li>
                <span class="mono break">{contact.value ?? copy().person.unreadable}</span> ·{' '}
                {copy().contactLabels[contact.label] ?? contact.label} ·{' '}
                <span class="muted">
                  {contactSource(copy(), contact)}, {words().since(format.moment(contact.firstSeenAt))},{' '}
                  {words().changed(format.moment(contact.lastChangedAt))}
                  <Show when={contact.removedAt}>
                    {(at) => <>, {words().removed(format.moment(at()))}</>}
                  </Show>
                </span>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </section>
  )
}

const Facts = (props: Part) => {
  const copy = useCopy()
  const format = useFormat()
  const words = () => copy().access
  return (
    <section>
      <h2>{words().facts}</h2>
      <p class="muted small">{words().factsStory}</p>
      <ul class="plain">
        <For each={props.report.facts}>
          {(fact) => (
            <li>
              {words().factFamilies[fact.family] ?? fact.family}:{' '}
              <Show when={fact.value} fallback={<em>{words().otherPerson}</em>}>
                {(value) => <span class="break">{value()}</span>}
              </Show>{' '}
              <span class="muted small">
                ({words().factFrom(words().sources[fact.source] ?? fact.source, format.moment(fact.readAt))}
                <Show when={fact.validTo}>{(at) => <>, {words().factOver(format.moment(at()))}</>}</Show>)
              </span>
            </li>
          )}
        </For>
      </ul>
    </section>
  )
}

const Openings = (props: Part) => {
  const copy = useCopy()
  const format = useFormat()
  return (
    <section>
      <h2>{copy().access.openings}</h2>
      <p class="muted small">{copy().access.openingsStory}</p>
      <Show when={props.report.openings.length > 0} fallback={<p>{copy().access.noOpenings}</p>}>
        <ul class="plain">
          <For each={props.report.openings}>
            {(opening) => (
              <li>
                {format.moment(opening.at)} · {copy().sentence({ key: `event.${opening.event}`, slots: {} })}{' '}
                <span class="muted">({copy().actorKinds[opening.actorKind] ?? opening.actorKind})</span>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </section>
  )
}
