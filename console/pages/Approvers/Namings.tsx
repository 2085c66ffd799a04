import { A } from '@solidjs/router'
import { For, Match, Show, Switch } from 'solid-js'
import type { ApproverNaming, ApproverNamings } from '#api/contract/console-approvers.ts'
import { call } from '../../api.ts'
import { Quoted } from '../../components/Quoted.tsx'
import { Moment } from '../../components/Time.tsx'
import { useCopy } from '../../copy/index.ts'
import { useMay, useSession } from '../../session.tsx'
import { Reasoned } from '../../components/Reasoned.tsx'

type Done = (said: string) => void

/** The list, or how to fill it. */
export const Namings = (props: {
  page: ApproverNamings
  isOver: boolean
  isSearch: boolean
  onDone: Done
}) => {
  const copy = useCopy()
  const may = useMay()
  const empty = () => {
    const { none } = copy().approvers
    if (props.isSearch) return none.found
    if (props.isOver) return none.over
    return may('policy.write') ? none.yet : none.toRead
  }
  return (
    <Show when={props.page.namings.length > 0} fallback={<p class="card muted">{empty()}</p>}>
      <ul class="plain policy-stack">
        <For each={props.page.namings}>
          {(naming) => (
            <li>
              <NamingCard naming={naming} onDone={props.onDone} />
            </li>
          )}
        </For>
      </ul>
      <Show when={props.page.more}>
        <p class="muted">{copy().approvers.more}</p>
      </Show>
    </Show>
  )
}

/** Shape and colour of a state; the word is beside it. */
const looks: Readonly<Record<ApproverNaming['state'], readonly [shape: string, tone: string]>> = {
  proposed: ['◔', 'elevated'],
  waiting: ['◑', 'guarded'],
  in_force: ['●', 'low'],
  expired: ['○', 'muted'],
  withdrawn: ['○', 'muted'],
  declined: ['○', 'muted'],
  ended: ['○', 'muted'],
}

const NamingCard = (props: { naming: ApproverNaming; onDone: Done }) => {
  const copy = useCopy()
  const words = () => copy().approvers
  return (
    <article class="card policy-section" aria-labelledby={`naming-${props.naming.id}`}>
      <header class="approvers-head">
        <h2 id={`naming-${props.naming.id}`}>
          <A href={`/people/${props.naming.approver.id}`}>{props.naming.approver.name}</A>{' '}
          <span class="muted">{words().vouchesFor}</span> <Whom naming={props.naming} />
        </h2>
        <strong class={looks[props.naming.state][1]}>
          <span aria-hidden="true">{looks[props.naming.state][0]} </span>
          {words().states[props.naming.state]}
        </strong>
      </header>
      <Show when={props.naming.problem}>
        {(problem) => <p class="notice elevated">{words().problems[problem()]}</p>}
      </Show>
      <p class="break">{props.naming.reason}</p>
      <Story naming={props.naming} />
      <Acts naming={props.naming} onDone={props.onDone} />
    </article>
  )
}

const Whom = (props: { naming: ApproverNaming }) => {
  const copy = useCopy()
  return (
    <Show
      when={props.naming.person}
      fallback={<span>{copy().approvers.team(props.naming.team ?? '', props.naming.people ?? 0)}</span>}
    >
      {(person) => <A href={`/people/${person().id}`}>{person().name}</A>}
    </Show>
  )
}

/** Tells who did what, when and why, from the naming on. */
const Story = (props: { naming: ApproverNaming }) => {
  const copy = useCopy()
  const words = () => copy().approvers
  return (
    <ul class="plain muted small">
      <li>
        {words().namedBy(props.naming.namedBy.name)}, <Moment at={props.naming.namedAt} />
      </li>
      <Show when={props.naming.acceptedAt}>
        {(at) => (
          <li>
            {words().acceptedBy(props.naming.acceptedBy?.name ?? '')}, <Moment at={at()} />
            <Quoted before=" · " text={props.naming.acceptReason} />
            <Show when={props.naming.state === 'waiting' && props.naming.effectiveAt}>
              {(from) => (
                <>
                  {' '}
                  · {words().from} <Moment at={from()} />
                </>
              )}
            </Show>
          </li>
        )}
      </Show>
      <Show when={props.naming.endedAt}>
        {(at) => (
          <li>
            {words().endedBy[props.naming.state === 'ended' ? 'ended' : 'before'](
              props.naming.endedBy?.name ?? '',
            )}
            , <Moment at={at()} />
            <Quoted before=" · " text={props.naming.endReason} />
          </li>
        )}
      </Show>
    </ul>
  )
}

const decide =
  (namingId: string, decision: 'accept' | 'decline' | 'withdraw') => (reason: string, key: string) =>
    call('console.decideNaming', { params: { namingId }, body: { decision, reason } }, { key })

const end = (namingId: string) => (reason: string, key: string) =>
  call('console.endNaming', { params: { namingId }, body: { reason } }, { key })

/**
 * The acts for this reader: a second admin accepts or declines, the person who named takes it back, any admin ends it.
 */
const Acts = (props: { naming: ApproverNaming; onDone: Done }) => {
  const copy = useCopy()
  const may = useMay()
  const session = useSession()
  const words = () => copy().approvers
  const isOwn = () => props.naming.namedBy.id === session().staff.id
  const id = () => props.naming.id
  return (
    <Show when={may('policy.write')}>
      <Switch>
        <Match when={props.naming.state === 'proposed' && isOwn()}>
          <p class="muted">{words().own}</p>
          <Reasoned
            label={words().reason}
            actions={[{ word: words().withdraw, act: decide(id(), 'withdraw') }]}
            onDone={() => props.onDone(words().withdrawn)}
          />
        </Match>
        <Match when={props.naming.state === 'proposed'}>
          <p class="muted">{words().second}</p>
          <Reasoned
            label={words().reason}
            actions={[
              { word: words().accept, act: decide(id(), 'accept'), isMain: true },
              { word: words().decline, act: decide(id(), 'decline') },
            ]}
            onDone={() => props.onDone(words().decided)}
          />
        </Match>
        <Match when={props.naming.state === 'waiting' || props.naming.state === 'in_force'}>
          <details>
            <summary>{words().end}</summary>
            <p class="muted">{words().endStory}</p>
            <Reasoned
              label={words().reason}
              actions={[{ word: words().end, act: end(id()) }]}
              onDone={() => props.onDone(words().ended)}
            />
          </details>
        </Match>
      </Switch>
    </Show>
  )
}
