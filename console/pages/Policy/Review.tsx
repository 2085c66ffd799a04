import { createSignal, For, onMount, Show } from 'solid-js'
import { ProblemError } from '#api/contract/client.ts'
import type { Policy, PolicyPreview, PolicySaved } from '#api/contract/console-policy.ts'
import { call, faultOf } from '../../api.ts'
import { Loading } from '../../components/Loading.tsx'
import { Reasoned } from '../../components/Reasoned.tsx'
import { Trouble } from '../../components/Trouble.tsx'
import { useCopy } from '../../copy/index.ts'
import { BackTest } from './BackTest.tsx'
import { Changes } from './Changes.tsx'
import { Reach } from './Reach.tsx'
import { labelOf } from './words.ts'
import type { Fault } from '../../copy/sentences.ts'

type Props = { draft: Policy; onBack: () => void; onSaved: (saved: PolicySaved) => void }

const pathsOf = (error: unknown): readonly string[] =>
  error instanceof ProblemError
    ? (error.problem.issues ?? []).map(({ path }) => path.replace(/^policy\./, ''))
    : []

/** Shows what a draft changes, if it weakens, whom it leaves behind and how it would have decided past cases. */
export const Review = (props: Props) => {
  const copy = useCopy()
  const [preview, setPreview] = createSignal<PolicyPreview | null>(null)
  const [trouble, setTrouble] = createSignal<Fault | null>(null)
  const [faults, setFaults] = createSignal<readonly string[]>([])
  const look = async () => {
    setTrouble(null)
    try {
      setPreview(await call('console.previewPolicy', { body: { policy: props.draft } }))
    } catch (error) {
      setFaults(pathsOf(error))
      setTrouble(faultOf(error))
    }
  }
  onMount(() => void look())
  return (
    <>
      <div class="tools">
        <button type="button" onClick={() => props.onBack()}>
          {copy().policy.backToEdit}
        </button>
      </div>
      <Show when={trouble()}>{(fault) => <Trouble fault={fault()} onRetry={() => void look()} />}</Show>
      <Show when={faults().length > 0}>
        <div class="notice high" role="alert">
          <p>{copy().policy.notAccepted}</p>
          <ul>
            <For each={faults()}>{(path) => <li>{labelOf(copy(), path)}</li>}</For>
          </ul>
        </div>
      </Show>
      <Show when={preview()} fallback={<Loading when={trouble() === null} />}>
        {(found) => <Reviewed {...props} preview={found()} />}
      </Show>
    </>
  )
}

const Reviewed = (props: Props & { preview: PolicyPreview }) => {
  const copy = useCopy()
  const isWeaker = () => props.preview.weakened.length > 0
  return (
    <Show when={props.preview.changes.length > 0} fallback={<p class="card">{copy().policy.noChange}</p>}>
      <section class="card policy-section" aria-labelledby="policy-changes">
        <h2 id="policy-changes">{copy().policy.changes}</h2>
        <p class="notice" classList={{ elevated: isWeaker() }} role="status">
          {isWeaker() ? copy().policy.weaker : copy().policy.notWeaker}
        </p>
        <Changes {...props.preview} />
      </section>
      <Reach policy={props.draft} />
      <BackTest policy={props.draft} />
      <Save draft={props.draft} isWeaker={isWeaker()} onSaved={(saved) => props.onSaved(saved)} />
    </Show>
  )
}

const Save = (props: { draft: Policy; isWeaker: boolean; onSaved: (saved: PolicySaved) => void }) => {
  const copy = useCopy()
  const save = async (reason: string, key: string) => {
    props.onSaved(await call('console.savePolicy', { body: { policy: props.draft, reason } }, { key }))
  }
  return (
    <Reasoned
      class="card policy-section"
      label={copy().policy.reason}
      actions={[
        { word: props.isWeaker ? copy().policy.propose : copy().policy.save, isMain: true, act: save },
      ]}
      onDone={() => undefined}
    />
  )
}
