import { For, Show } from 'solid-js'
import type { AskedApprover } from '#api/contract/console-approvers.ts'
import { Moment } from '../../components/Time.tsx'
import { useCopy } from '../../copy/index.ts'

type Answer = AskedApprover['answer']

/** Shape and colour of an answer; the word is beside it. */
const looks: Readonly<Record<Answer, readonly [shape: string, tone: string]>> = {
  waiting: ['◔', ''],
  yes: ['●', 'low'],
  no: ['■', 'high'],
  not_sure: ['○', ''],
  silent: ['○', ''],
}

/** Shows who was asked to vouch, by what relation, when, where the request went, and what they said. */
export const Approvers = (props: { approvers: readonly AskedApprover[] }) => {
  const copy = useCopy()
  return (
    <section aria-labelledby="panel-approvers">
      <h3 id="panel-approvers">{copy().approvers.asked}</h3>
      <ol class="plain approvers" aria-live="polite">
        <For each={props.approvers}>{(approver) => <Asked approver={approver} />}</For>
      </ol>
    </section>
  )
}

const Asked = (props: { approver: AskedApprover }) => {
  const copy = useCopy()
  const words = () => copy().approvers
  const look = () => looks[props.approver.answer]
  return (
    <li>
      <p>
        <strong class={look()[1]}>
          <span aria-hidden="true">{look()[0]} </span>
          {words().answers[props.approver.answer]}
        </strong>{' '}
        · {words().relations[props.approver.relation]}
        <Show when={props.approver.name}>{(name) => <> · {name()}</>}</Show>
      </p>
      <p class="muted small">
        {words().askedAt} <Moment at={props.approver.askedAt} />
        <Show when={props.approver.channel}>
          {(channel) => (
            <>
              {' '}
              · {copy().channels[channel()]} <span class="mono">{props.approver.contactMasked}</span>
            </>
          )}
        </Show>
        <Show when={props.approver.delivery}>
          {(delivery) => <> · {copy().deliveryStatus[delivery()] ?? delivery()}</>}
        </Show>
        <Show when={props.approver.answeredAt}>
          {(at) => (
            <>
              {' '}
              · {words().answeredAt} <Moment at={at()} />
            </>
          )}
        </Show>
        <Show when={props.approver.answer === 'waiting'}>
          {' '}
          · {words().until} <Moment at={props.approver.expiresAt} />
        </Show>
      </p>
    </li>
  )
}
