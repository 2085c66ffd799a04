import { A } from '@solidjs/router'
import { createSignal, For, onCleanup, onMount, Show } from 'solid-js'
import type { BackTested, Policy } from '#api/contract/console-policy.ts'
import { call, faultOf } from '../../api.ts'
import { Trouble } from '../../components/Trouble.tsx'
import { useCopy } from '../../copy/index.ts'
import { useFormat } from '../../lib/format.ts'
import type { Fault } from '../../copy/sentences.ts'

const mostNamed = 20

const added = (sum: BackTested | null, part: BackTested): BackTested =>
  sum === null
    ? part
    : {
        cases: sum.cases + part.cases,
        notReplayable: sum.notReplayable + part.notReplayable,
        better: sum.better + part.better,
        worse: sum.worse + part.worse,
        bandChanged: sum.bandChanged + part.bandChanged,
        changed: [...sum.changed, ...part.changed].slice(0, mostNamed),
        done: part.done,
        next: part.next,
      }

/** Past cases decided again, part after part; leaving the page or Stop ends it. */
export const BackTest = (props: { policy: Policy }) => {
  const copy = useCopy()
  const format = useFormat()
  const words = () => copy().policy.backTest
  const [sum, setSum] = createSignal<BackTested | null>(null)
  const [trouble, setTrouble] = createSignal<Fault | null>(null)
  const [isRunning, setRunning] = createSignal(false)
  let running = new AbortController()
  onCleanup(() => running.abort())
  const run = async () => {
    const { signal } = (running = new AbortController())
    setSum(null)
    setTrouble(null)
    setRunning(true)
    try {
      let after: string | null = null
      do {
        const body = { policy: props.policy, after }
        const part: BackTested = await call('console.backTestPolicy', { body }, { signal })
        setSum((before) => added(before, part))
        after = part.next
      } while (after !== null && !signal.aborted)
    } catch (error) {
      if (!signal.aborted) setTrouble(faultOf(error))
    } finally {
      setRunning(false)
    }
  }
  onMount(() => void run())
  const share = () => format.percent(sum()?.done ?? 0)
  return (
    <section class="card policy-section" aria-labelledby="policy-back-test">
      <h2 id="policy-back-test">{words().title}</h2>
      <Show
        when={isRunning()}
        fallback={
          <div class="tools">
            <button type="button" onClick={() => void run()}>
              {words().start}
            </button>
            <Show when={running.signal.aborted}>
              <span role="status">{words().stopped}</span>
            </Show>
          </div>
        }
      >
        <div class="tools">
          <progress max="1" value={sum()?.done ?? 0} aria-label={words().title} />
          <span>{words().working(share())}</span>
          <button type="button" onClick={() => running.abort()}>
            {words().stop}
          </button>
        </div>
      </Show>
      <Show when={trouble()}>{(fault) => <Trouble fault={fault()} onRetry={() => void run()} />}</Show>
      <Show when={sum()}>{(found) => <Found found={found()} />}</Show>
      <p class="muted small">{words().limits}</p>
    </section>
  )
}

const Found = (props: { found: BackTested }) => {
  const copy = useCopy()
  const words = () => copy().policy.backTest
  const isSame = () => props.found.better + props.found.worse + props.found.bandChanged === 0
  return (
    <>
      <p>{words().counted(props.found.cases, props.found.notReplayable)}</p>
      <Show when={!isSame()} fallback={<p>{words().none}</p>}>
        <dl class="policy-fields">
          <div>
            <dt>{words().better}</dt>
            <dd classList={{ high: props.found.better > 0 }}>{copy().policy.number(props.found.better)}</dd>
          </div>
          <div>
            <dt>{words().worse}</dt>
            <dd>{copy().policy.number(props.found.worse)}</dd>
          </div>
          <div>
            <dt>{words().band}</dt>
            <dd>{copy().policy.number(props.found.bandChanged)}</dd>
          </div>
        </dl>
        <p>{words().examples}</p>
        <ul class="plain">
          <For each={props.found.changed}>
            {(one) => (
              <li>
                <A href={`/verifications/${one.verificationId}`}>{one.participant}</A>{' '}
                <span class="muted">
                  {copy().purposes[one.purpose]}: {copy().recommendations[one.before.answer]},{' '}
                  {copy().bands[one.before.band]} → {copy().recommendations[one.after.answer]},{' '}
                  {copy().bands[one.after.band]}
                </span>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </>
  )
}
