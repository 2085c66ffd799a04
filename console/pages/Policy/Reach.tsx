import { A } from '@solidjs/router'
import { createSignal, For, onCleanup, onMount, Show } from 'solid-js'
import type { Policy, PolicyReach } from '#api/contract/console-policy.ts'
import { call, faultOf } from '../../api.ts'
import { Trouble } from '../../components/Trouble.tsx'
import { useCopy } from '../../copy/index.ts'
import { useFormat } from '../../lib/format.ts'
import type { Fault } from '../../copy/sentences.ts'

/** Lists who would be left without a route, counted when the review opens. */
export const Reach = (props: { policy: Policy }) => {
  const copy = useCopy()
  const words = () => copy().policy.reach
  const [found, setFound] = createSignal<PolicyReach | null>(null)
  const [trouble, setTrouble] = createSignal<Fault | null>(null)
  const leaving = new AbortController()
  onCleanup(() => leaving.abort())
  const count = async () => {
    setTrouble(null)
    try {
      const body = { policy: props.policy }
      setFound(await call('console.policyReach', { body }, { signal: leaving.signal }))
    } catch (error) {
      if (!leaving.signal.aborted) setTrouble(faultOf(error))
    }
  }
  onMount(() => void count())
  return (
    <section class="card policy-section" aria-labelledby="policy-reach">
      <h2 id="policy-reach">{words().title}</h2>
      <div class="policy-stack" aria-live="polite">
        <Show when={trouble()}>{(fault) => <Trouble fault={fault()} onRetry={() => void count()} />}</Show>
        <Show when={found()} fallback={<Show when={trouble() === null}>{words().working}</Show>}>
          {(reach) => <ReachTable reach={reach()} />}
        </Show>
      </div>
      <p class="muted small">{words().estimate}</p>
    </section>
  )
}

const ReachTable = (props: { reach: PolicyReach }) => {
  const copy = useCopy()
  const words = () => copy().policy.reach
  return (
    <>
      <p>{words().counted(props.reach.people, props.reach.notHandled)}</p>
      <div class="scroll-x" role="group" aria-label={words().title} tabindex="0">
        <table class="policy-table">
          <thead>
            <tr>
              <th scope="col">{copy().policy.purpose}</th>
              <th scope="col">{copy().policy.tier}</th>
              <th scope="col" class="number">
                {words().people}
              </th>
              <th scope="col" class="number">
                {words().column}: {copy().policy.before}
              </th>
              <th scope="col" class="number">
                {words().column}: {copy().policy.after}
              </th>
            </tr>
          </thead>
          <tbody>
            <For each={props.reach.cells.filter(({ people }) => people > 0)}>
              {({ purpose, tier, people, withoutRoute }) => (
                <tr>
                  <th scope="row">{copy().purposes[purpose]}</th>
                  <td>{copy().tiers[tier]}</td>
                  <td class="number">{copy().policy.number(people)}</td>
                  <td class="number">{copy().policy.number(withoutRoute.before)}</td>
                  <td class="number" classList={{ high: withoutRoute.after > withoutRoute.before }}>
                    {copy().policy.number(withoutRoute.after)}
                  </td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </div>
      <Thin thin={props.reach.thin} />
      <Show when={props.reach.stranded.length > 0} fallback={<p>{words().none}</p>}>
        <p>{words().lost}</p>
        <ul class="plain">
          <For each={props.reach.stranded}>
            {(person) => (
              <li>
                <A href={`/people/${person.id}`}>{person.name}</A>{' '}
                <span class="muted">
                  {copy().tiers[person.tier]}; {person.purposes.map((one) => copy().purposes[one]).join(', ')}
                  : {words().reasons[person.reason] ?? person.reason}
                </span>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </>
  )
}

/** Lists people about whom too little is known for questions, and the route for them instead. */
const Thin = (props: { thin: PolicyReach['thin'] }) => {
  const copy = useCopy()
  const words = () => copy().policy.reach
  const format = useFormat()
  const routes = () =>
    props.thin.routes
      .filter(({ people }) => people > 0)
      .map(({ route, people }) => `${words().thinRoutes[route]}: ${format.whole(people)}`)
  return (
    <p>
      {words().thin(props.thin.people)} {routes().join(' · ')}
    </p>
  )
}
