import { Show } from 'solid-js'
import type { PolicyVersionHead } from '#api/contract/console-policy.ts'
import { call } from '../../api.ts'
import { Moment } from '../../components/Time.tsx'
import { useCopy } from '../../copy/index.ts'
import { useMay } from '../../session.tsx'
import { Reasoned } from '../../components/Reasoned.tsx'

type Ending = 'console.callOffPolicy' | 'console.hastenPolicy'

const endAt = (route: Ending, version: number) => (reason: string, key: string) =>
  call(route, { params: { version: String(version) }, body: { reason } }, { key })

/** A change that is accepted and waits for its time: when it takes effect, and how it ends before that. */
export const Waiting = (props: { head: PolicyVersionHead; onDone: () => void }) => {
  const copy = useCopy()
  const may = useMay()
  const words = () => copy().policy.waiting
  const end = (route: Ending) => endAt(route, props.head.version)
  const actions = () => [
    ...(may('policy.write')
      ? [{ word: words().callOff, isMain: true, act: end('console.callOffPolicy') }]
      : []),
    ...(may('policy.hasten') ? [{ word: words().hasten, act: end('console.hastenPolicy') }] : []),
  ]
  return (
    <div class="notice elevated policy-section">
      <p>
        {copy().policy.scheduled(props.head.version)} {words().from} <Moment at={props.head.effectiveAt} />
      </p>
      <Show when={actions().length > 0}>
        <p>{words().story}</p>
        <Reasoned label={words().reason} actions={actions()} onDone={() => props.onDone()} />
      </Show>
    </div>
  )
}
