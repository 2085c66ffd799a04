import { A } from '@solidjs/router'
import { createSignal, For, onCleanup, onMount, Show } from 'solid-js'
import type { Queue, QueueItem } from '#api/contract/console-queue.ts'
import { call } from '../../api.ts'
import { Loading } from '../../components/Loading.tsx'
import { Risk } from '../../components/Badges.tsx'
import { Time, useNow } from '../../components/Time.tsx'
import { Trouble } from '../../components/Trouble.tsx'
import { useCopy } from '../../copy/index.ts'
import { isPlain, isTyping } from '../../lib/typing.ts'
import { useQueue } from '../../queue.tsx'
import './queue.css'

/** Shape and colour of what a case waits for; the word is beside it. */
const looks: Readonly<Record<QueueItem['kind'], readonly [shape: string, tone: string]>> = {
  second_approval: ['◐', 'accent'],
  escalation: ['▲', 'elevated'],
  decision: ['◆', 'accent'],
}

/** Less than this left, milliseconds: time is short. */
const shortMs = 5 * 60_000

/** `j` and `k`, or the arrow keys on a row, walk the rows; Enter opens one, as links do. */
const createWalk = () => {
  const onKey = (event: KeyboardEvent) => {
    if (!isPlain(event) || isTyping(event.target) || document.querySelector('dialog[open]')) return
    const links = [...document.querySelectorAll<HTMLAnchorElement>('[data-queue]')]
    const at = links.findIndex((link) => link === document.activeElement)
    const steps: Readonly<Record<string, number>> =
      at < 0 ? { j: 1, k: -1 } : { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 }
    const by = steps[event.key]
    if (by === undefined) return
    event.preventDefault()
    links[Math.min(links.length - 1, Math.max(0, at + by))]?.focus()
  }
  onMount(() => document.addEventListener('keydown', onKey))
  onCleanup(() => document.removeEventListener('keydown', onKey))
}

/** Lists the cases that wait for the member of staff who is signed in, the longest wait first. */
export const QueuePage = () => {
  const copy = useCopy()
  const { queue, trouble, reload } = useQueue()
  createWalk()
  return (
    <div class="page">
      <header class="page-head">
        <h1>
          {copy().queue.title}{' '}
          <Show when={queue()}>
            {(shown) => (
              <span class="count">{`${String(shown().items.length)}${shown().more ? '+' : ''}`}</span>
            )}
          </Show>
        </h1>
      </header>
      <p class="queue-story muted">{copy().queue.story}</p>
      <SecondLook />
      <Show when={trouble()}>{(fault) => <Trouble fault={fault()} onRetry={reload} />}</Show>
      <Show when={queue()} fallback={<Loading when={trouble() === null} />}>
        {(shown) => <Waiting queue={shown()} />}
      </Show>
    </div>
  )
}

/** Leads to the sampled cases that wait for a label; whoever decides may give one. */
const SecondLook = () => {
  const copy = useCopy()
  const [waiting, setWaiting] = createSignal(0)
  onMount(() => {
    // Nothing urgent: without an answer the link is not there.
    call('console.review', {}).then(
      (review) => setWaiting(review.waiting),
      () => undefined,
    )
  })
  return (
    <Show when={waiting() > 0}>
      <p class="queue-story">
        <A href="/review">{copy().review.waiting(String(waiting()))}</A>
      </p>
    </Show>
  )
}

const Waiting = (props: { queue: Queue }) => {
  const copy = useCopy()
  const count = () => props.queue.items.length
  return (
    <>
      <p class="sr" role="status">
        {count() > 0 ? copy().queue.pill(String(count())) : copy().queue.empty}
      </p>
      <Show when={count() > 0} fallback={<Empty />}>
        <ul class="queue">
          <For each={props.queue.items}>{(item) => <Item item={item} />}</For>
        </ul>
        <Show when={props.queue.more}>
          <p class="muted queue-story">{copy().queue.more}</p>
        </Show>
      </Show>
    </>
  )
}

const Empty = () => {
  const copy = useCopy()
  return (
    <div class="empty">
      <p aria-hidden="true">{copy().queue.empty}</p>
      <p class="muted">{copy().queue.emptyHint}</p>
    </div>
  )
}

const Item = (props: { item: QueueItem }) => {
  const copy = useCopy()
  const now = useNow()
  const look = () => looks[props.item.kind]
  const isShort = () => Date.parse(props.item.until) - now() < shortMs
  return (
    <li class="queue-item">
      <A href={`/verifications/${props.item.id}`} data-queue>
        <span class={`status ${look()[1]}`}>
          <span class="shape" aria-hidden="true">
            {look()[0]}
          </span>
          {copy().queue.kinds[props.item.kind]}
        </span>
        <span class="queue-who">
          <strong>{props.item.participant.name}</strong>
          <span class="muted small break"> {props.item.participant.email}</span>
        </span>
        <span class="queue-what">
          {copy().purposes[props.item.purpose]}
          <Show when={props.item.ticket}>
            {(ticket) => (
              <>
                {' '}
                · <span class="queue-ticket">{ticket()}</span>
              </>
            )}
          </Show>
        </span>
        <Risk row={{ risk: null, band: props.item.band }} />
        <span class="queue-for muted">
          <Show
            when={props.item.firstBy}
            fallback={
              <Show when={props.item.instruction}>
                {(instruction) => <>{copy().sentence(instruction())}</>}
              </Show>
            }
          >
            {(by) => <>{copy().queue.firstBy(by())}</>}
          </Show>{' '}
          <span class="small">{copy().queue.startedBy(props.item.referrerName)}</span>
        </span>
        <span class="queue-times small">
          {copy().queue.since} <Time at={props.item.since} />
          <span class={isShort() ? 'high' : 'muted'}>
            {' '}
            · {copy().queue.until} <Time at={props.item.until} />
          </span>
        </span>
      </A>
    </li>
  )
}
