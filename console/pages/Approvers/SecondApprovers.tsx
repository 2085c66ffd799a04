import { createSignal, For, Show } from 'solid-js'
import type { SecondApprovers as Pool, SecondNaming } from '#api/contract/console-second-approvers.ts'
import { call } from '../../api.ts'
import { Reasoned } from '../../components/Reasoned.tsx'
import { Moment } from '../../components/Time.tsx'
import { Trouble } from '../../components/Trouble.tsx'
import { useCopy } from '../../copy/index.ts'
import { createLoaded } from '../../lib/loaded.ts'
import { useMay, useSession } from '../../session.tsx'

type Changed = { onChanged: () => void }

/** Lists who may give second approvals: by role, and by name, as admins agreed on. */
export const SecondApprovers = () => {
  const copy = useCopy()
  const may = useMay()
  const words = () => copy().secondApprovers
  const { page: pool, trouble, load } = createLoaded(() => call('console.secondApprovers', {}))
  return (
    <section class="card policy-section" aria-labelledby="second-approvers">
      <h2 id="second-approvers">{words().title}</h2>
      <p>{words().story}</p>
      <Show when={trouble()}>{(fault) => <Trouble fault={fault()} onRetry={() => void load()} />}</Show>
      <Show when={pool()}>
        {(shown) => (
          <>
            <p>
              {words().byRole}:{' '}
              {shown()
                .byRole.map(({ name }) => name)
                .join(', ') || '–'}
            </p>
            <ul class="plain policy-stack">
              <For each={shown().namings}>
                {(naming) => <Naming naming={naming} onChanged={() => void load()} />}
              </For>
            </ul>
            <Show when={may('policy.write')}>
              <NameForm pool={shown()} onChanged={() => void load()} />
            </Show>
          </>
        )}
      </Show>
    </section>
  )
}

const accept = (namingId: string) => (reason: string, key: string) =>
  call(
    'console.acceptSecondApprover',
    { params: { namingId }, body: { decision: 'accept', reason } },
    { key },
  )

const end = (namingId: string) => (reason: string, key: string) =>
  call('console.endSecondApprover', { params: { namingId }, body: { reason } }, { key })

const Naming = (props: { naming: SecondNaming } & Changed) => {
  const copy = useCopy()
  const may = useMay()
  const session = useSession()
  const words = () => copy().secondApprovers
  const mayAccept = () => props.naming.state === 'proposed' && props.naming.namedBy.id !== session().staff.id
  return (
    <li>
      <p>
        <strong>{props.naming.staff.name}</strong> · {words().states[props.naming.state]}
        <Show when={props.naming.state === 'waiting' && props.naming.effectiveAt}>
          {(at) => (
            <>
              {' '}
              · {words().from} <Moment at={at()} />
            </>
          )}
        </Show>
      </p>
      <p class="muted small">
        <q>{props.naming.reason}</q> · {words().namedBy(props.naming.namedBy.name)},{' '}
        <Moment at={props.naming.namedAt} />
        <Show when={props.naming.acceptedBy}>{(by) => <> · {words().acceptedBy(by().name)}</>}</Show>
      </p>
      <Show when={may('policy.write')}>
        <Reasoned
          label={copy().confirm.reason}
          actions={[
            ...(mayAccept() ? [{ word: words().accept, isMain: true, act: accept(props.naming.id) }] : []),
            { word: words().end, act: end(props.naming.id) },
          ]}
          onDone={() => props.onChanged()}
        />
      </Show>
    </li>
  )
}

const NameForm = (props: { pool: Pool } & Changed) => {
  const copy = useCopy()
  const words = () => copy().secondApprovers
  const [chosen, setChosen] = createSignal('')
  const free = () =>
    props.pool.nameable.filter(({ id }) => props.pool.namings.every(({ staff }) => staff.id !== id))
  return (
    <Show when={free().length > 0}>
      <h3>{words().name}</h3>
      <label>
        {words().who}
        <select value={chosen()} onChange={(event) => setChosen(event.currentTarget.value)}>
          <option value="">{copy().approvers.choose}</option>
          <For each={free()}>{({ id, name }) => <option value={id}>{name}</option>}</For>
        </select>
      </label>
      <Show when={chosen() !== ''}>
        <Reasoned
          label={copy().confirm.reason}
          actions={[
            {
              word: words().propose,
              isMain: true,
              act: (reason, key) =>
                call('console.nameSecondApprover', { body: { staffId: chosen(), reason } }, { key }),
            },
          ]}
          onDone={() => {
            setChosen('')
            props.onChanged()
          }}
        />
      </Show>
    </Show>
  )
}
