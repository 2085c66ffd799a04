import { createSignal, For, onMount, Show } from 'solid-js'
import type { PolicyVersion, PolicyVersionHead } from '#api/contract/console-policy.ts'
import { call, faultOf } from '../../api.ts'
import { Moment } from '../../components/Time.tsx'
import { Trouble } from '../../components/Trouble.tsx'
import { useCopy } from '../../copy/index.ts'
import { Changes } from './Changes.tsx'
import type { Fault } from '../../copy/sentences.ts'

/** Every version, newest first; each opens to what it changed. */
export const History = () => {
  const copy = useCopy()
  const [versions, setVersions] = createSignal<readonly PolicyVersionHead[]>([])
  const [next, setNext] = createSignal<number | null>(null)
  const [trouble, setTrouble] = createSignal<Fault | null>(null)
  const load = async (before: number | null) => {
    setTrouble(null)
    try {
      const query = before === null ? {} : { before: String(before) }
      const page = await call('console.policyVersions', { query })
      setVersions((known) => [...(before === null ? [] : known), ...page.versions])
      setNext(page.nextBefore)
    } catch (error) {
      setTrouble(faultOf(error))
    }
  }
  onMount(() => void load(null))
  return (
    <div class="policy-stack">
      <For each={versions()}>{(head) => <Version head={head} />}</For>
      <Show when={trouble()}>{(fault) => <Trouble fault={fault()} onRetry={() => void load(next())} />}</Show>
      <Show when={next()}>
        {(before) => (
          <div>
            <button type="button" onClick={() => void load(before())}>
              {copy().policy.more}
            </button>
          </div>
        )}
      </Show>
    </div>
  )
}

/** Names who saved a version, when and why. */
export const VersionLine = (props: { head: PolicyVersionHead }) => {
  const copy = useCopy()
  return (
    <>
      <p class="muted">
        {copy().policy.savedBy(props.head.savedBy)}, <Moment at={props.head.savedAt} />
        <Show when={props.head.acceptedBy}>
          {(name) => (
            <>
              ; {copy().policy.acceptedBy(name())}, {copy().policy.effective}{' '}
              <Moment at={props.head.effectiveAt} />
            </>
          )}
        </Show>
      </p>
      <Show when={props.head.confirmedBy}>
        {(name) => <p class="muted">{copy().policy.confirmedBy(name())}</p>}
      </Show>
      <Show when={props.head.ends}>{(ends) => <p>{copy().policy.ended(ends().version, ends().as)}</p>}</Show>
      <Show when={props.head.reason}>{(reason) => <p class="break">{reason()}</p>}</Show>
    </>
  )
}

const Version = (props: { head: PolicyVersionHead }) => {
  const copy = useCopy()
  const [found, setFound] = createSignal<PolicyVersion | null>(null)
  const [trouble, setTrouble] = createSignal<Fault | null>(null)
  const look = async () => {
    if (found() !== null) return
    try {
      const params = { version: String(props.head.version) }
      setFound(await call('console.policyVersion', { params }))
    } catch (error) {
      setTrouble(faultOf(error))
    }
  }
  return (
    <article class="card policy-section">
      <h2>{copy().policy.version(props.head.version)}</h2>
      <VersionLine head={props.head} />
      <details
        onToggle={(event) => {
          if (event.currentTarget.open) void look()
        }}
      >
        <summary>{copy().policy.showChanges}</summary>
        <Show when={trouble()}>{(fault) => <Trouble fault={fault()} onRetry={() => void look()} />}</Show>
        <Show when={found()}>{(version) => <Compared version={version()} />}</Show>
      </details>
    </article>
  )
}

const Compared = (props: { version: PolicyVersion }) => {
  const copy = useCopy()
  return (
    <Show when={props.version.comparedWith} fallback={<p>{copy().policy.firstVersion}</p>}>
      {(former) => (
        <Show when={props.version.changes.length > 0} fallback={<p>{copy().policy.sameAsBefore}</p>}>
          <p class="muted small">{copy().policy.comparedWith(former())}</p>
          <Changes changes={props.version.changes} weakened={props.version.weakened} />
        </Show>
      )}
    </Show>
  )
}
