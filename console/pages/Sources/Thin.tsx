import { A } from '@solidjs/router'
import { createSignal, For, Show } from 'solid-js'
import type { SourcesPage, ThinCount } from '#api/contract/console-sources.ts'
import { thinReasons } from '#domain/questions/thin-reasons.ts'
import { call, faultOf } from '../../api.ts'
import { Moment } from '../../components/Time.tsx'
import { Trouble } from '../../components/Trouble.tsx'
import { useCopy } from '../../copy/index.ts'
import { useFormat } from '../../lib/format.ts'
import type { Fault } from '../../copy/sentences.ts'

/** Lists who is a thin file today, and why. */
export const Thin = (props: { page: SourcesPage; mayAsk: boolean; onAsked: () => void }) => {
  const copy = useCopy()
  const words = () => copy().sources.thin
  const [trouble, setTrouble] = createSignal<Fault | null>(null)
  const ask = async () => {
    try {
      await call('console.countThin', { body: {} })
      setTrouble(null)
      props.onAsked()
    } catch (error) {
      setTrouble(faultOf(error))
    }
  }
  return (
    <section class="card sources-section" aria-labelledby="sources-thin">
      <h2 id="sources-thin">{words().title}</h2>
      <Show when={!props.page.questionsEnabled}>
        <p class="notice">{words().off}</p>
      </Show>
      <Show when={trouble()}>{(fault) => <Trouble fault={fault()} />}</Show>
      <div class="sources-section" aria-live="polite">
        <Show when={props.page.thin} fallback={<p>{words().none}</p>}>
          {(thin) => <Counted thin={thin()} />}
        </Show>
        <div class="tools">
          <Show when={props.page.thin}>
            {(thin) => (
              <span class="muted small">
                {words().counted} <Moment at={thin().countedAt} />
              </span>
            )}
          </Show>
          <Show
            when={props.page.isCountWanted}
            fallback={<Again mayAsk={props.mayAsk} onAsk={() => void ask()} />}
          >
            <span class="muted">{words().wanted}</span>
          </Show>
        </div>
      </div>
    </section>
  )
}

const Again = (props: { mayAsk: boolean; onAsk: () => void }) => {
  const copy = useCopy()
  return (
    <Show when={props.mayAsk}>
      <button type="button" onClick={() => props.onAsk()}>
        {copy().sources.thin.again}
      </button>
    </Show>
  )
}

const Counted = (props: { thin: ThinCount }) => {
  const copy = useCopy()
  const format = useFormat()
  const words = () => copy().sources.thin
  const reasons = () => thinReasons.filter((reason) => (props.thin.thin[reason] ?? 0) > 0)
  const share = (count: number) => (props.thin.people === 0 ? 0 : count / props.thin.people)
  const thin = () => props.thin.people - props.thin.askable
  return (
    <>
      <dl class="sources-figures">
        <div>
          <dt>{words().askable}</dt>
          <dd>
            {format.whole(props.thin.askable)}{' '}
            <span class="muted">({format.percent(share(props.thin.askable))})</span>
          </dd>
        </div>
        <div>
          <dt>{words().total}</dt>
          <dd>
            {format.whole(thin())} <span class="muted">({format.percent(share(thin()))})</span>
          </dd>
        </div>
      </dl>
      <Show when={reasons().length > 0}>
        <div class="scroll-x" tabindex="0" role="group" aria-label={words().reason}>
          <table class="sources-table stacks">
            <thead>
              <tr>
                <th scope="col">{words().reason}</th>
                <th scope="col" class="number">
                  {words().count}
                </th>
                <th scope="col">{words().help}</th>
              </tr>
            </thead>
            <tbody>
              <For each={reasons()}>
                {(reason) => (
                  <tr>
                    <th scope="row">
                      {words().reasons[reason]}
                      <Examples thin={props.thin} reason={reason} />
                    </th>
                    <td class="number at-end">{format.whole(props.thin.thin[reason] ?? 0)}</td>
                    <td>{words().helps[reason]}</td>
                  </tr>
                )}
              </For>
            </tbody>
          </table>
        </div>
      </Show>
      <p class="muted small">{words().note}</p>
    </>
  )
}

const Examples = (props: { thin: ThinCount; reason: (typeof thinReasons)[number] }) => {
  const copy = useCopy()
  const found = () => props.thin.examples.filter(({ reason }) => reason === props.reason)
  return (
    <Show when={found().length > 0}>
      <details>
        <summary>{copy().sources.thin.examples(found().length)}</summary>
        <ul class="sources-names">
          <For each={found()}>
            {({ id, name }) => (
              <li>
                <A href={`/people/${id}`}>{name}</A>
              </li>
            )}
          </For>
        </ul>
      </details>
    </Show>
  )
}
