import { A } from '@solidjs/router'
import { For, Show } from 'solid-js'
import type { PersonCard as Card } from '#api/contract/console.ts'
import { StatusBadge } from '../../components/Badges.tsx'
import { Moment } from '../../components/Time.tsx'
import { useCopy } from '../../copy/index.ts'
import { initialsOf } from '../../lib/initials.ts'
import { useFormat } from '../../lib/format.ts'
import { useMay } from '../../session.tsx'

import { Contact } from './Contact.tsx'
import { FreezeNotice } from './Freeze.tsx'
import { Passkeys } from './Passkeys.tsx'
import { Sheet } from './Sheet.tsx'
import { Protection } from './Protection.tsx'

type Status = Parameters<typeof StatusBadge>[0]['row']
type Part = { person: Card }

/** Shows the person: what the agent may know, contacts masked with their age, and warnings. */
export const PersonCard = (props: Part & { onChanged: () => void }) => {
  const copy = useCopy()
  const may = useMay()
  return (
    <article class="card person" aria-label={props.person.name}>
      <header>
        <span class="initials large" aria-hidden="true">
          {initialsOf(props.person.name)}
        </span>
        <div>
          <h1>{props.person.name}</h1>
          <p class="muted">{[props.person.title, props.person.department].filter(Boolean).join(' · ')}</p>
          <p class="muted break">{props.person.workEmail}</p>
        </div>
      </header>
      <Tags person={props.person} />
      <Show when={props.person.freeze}>
        {(freeze) => (
          <FreezeNotice personId={props.person.id} freeze={freeze()} onLifted={() => props.onChanged()} />
        )}
      </Show>
      <Show when={props.person.warnings.length > 0}>
        <ul class="notice elevated" aria-label={copy().person.warnings}>
          <For each={props.person.warnings}>
            {(warning) => (
              <li>
                <span aria-hidden="true">▲ </span>
                {copy().sentence(warning)}
              </li>
            )}
          </For>
        </ul>
      </Show>
      <Facts person={props.person} />
      <Contacts person={props.person} />
      <Protection person={props.person} onChanged={() => props.onChanged()} />
      <Passkeys person={props.person} onRevoked={() => props.onChanged()} />
      <Sheet person={props.person} onVoided={() => props.onChanged()} />
      <Recent person={props.person} />
      <Show when={may('people.access_report')}>
        <p>
          <A href={`/people/${props.person.id}/access-report`}>{copy().access.make}</A>
        </p>
      </Show>
    </article>
  )
}

const Tags = (props: Part) => {
  const copy = useCopy()
  return (
    <p class="tags">
      <Show when={props.person.tier === 'privileged'}>
        <span class="tag elevated">{copy().tiers.privileged}</span>
      </Show>
      <span class="tag" classList={{ elevated: props.person.accountState !== 'active' }}>
        {copy().accountStates[props.person.accountState] ?? props.person.accountState}
      </span>
      <Show when={props.person.neverViaHelpDesk}>
        <span class="tag high">{copy().person.never}</span>
      </Show>
    </p>
  )
}

const Facts = (props: Part) => {
  const copy = useCopy()
  const format = useFormat()
  const facts = (): readonly (readonly [string, string | null])[] => [
    [copy().person.manager, props.person.managerName],
    [copy().person.team, props.person.team],
    [copy().person.office, props.person.office],
    [copy().person.login, props.person.login],
    [copy().person.hired, props.person.hiredOn && format.date(props.person.hiredOn)],
  ]
  return (
    <dl class="facts">
      <For each={facts().filter(([, value]) => value)}>
        {([name, value]) => (
          <div>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        )}
      </For>
      <Show when={props.person.passwordChangedAt}>
        {(at) => (
          <div>
            <dt>{copy().person.passwordChanged}</dt>
            <dd>
              <Moment at={at()} />
            </dd>
          </div>
        )}
      </Show>
      <div>
        <dt>{copy().person.refreshed}</dt>
        <dd>
          <Moment at={props.person.refreshedAt} />
        </dd>
      </div>
    </dl>
  )
}

const Contacts = (props: Part) => {
  const copy = useCopy()
  return (
    <section>
      <h2>{copy().person.contacts}</h2>
      <Show
        when={props.person.contacts.length > 0}
        fallback={<p class="muted">{copy().person.noContacts}</p>}
      >
        <ul class="plain">
          <For each={props.person.contacts}>
            {(contact) => <Contact personId={props.person.id} contact={contact} />}
          </For>
        </ul>
      </Show>
    </section>
  )
}

const Recent = (props: Part) => {
  const copy = useCopy()
  return (
    <section>
      <h2>{copy().person.recent}</h2>
      <Show when={props.person.recent.length > 0} fallback={<p class="muted">{copy().person.noRecent}</p>}>
        <ul class="plain recent">
          <For each={props.person.recent}>
            {(entry) => (
              <li>
                <A href={`/verifications/${entry.id}`}>{copy().purposes[entry.purpose]}</A>{' '}
                <StatusBadge row={{ outcome: entry.outcome, state: entry.state } as Status} />{' '}
                <span class="muted">
                  {entry.referrerName}, <Moment at={entry.startedAt} />
                </span>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </section>
  )
}
