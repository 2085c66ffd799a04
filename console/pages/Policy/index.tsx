import { useSearchParams } from '@solidjs/router'
import { createSignal, Match, onMount, Show, Switch } from 'solid-js'
import type { Policy, PolicyPage as Page, PolicySaved } from '#api/contract/console-policy.ts'
import { call, faultOf } from '../../api.ts'
import { Loading } from '../../components/Loading.tsx'
import { Trouble } from '../../components/Trouble.tsx'
import { useCopy } from '../../copy/index.ts'
import { useLiveSettings } from '../../lib/live.ts'
import { useMay } from '../../session.tsx'
import { Harvests } from './Harvests.tsx'
import { takeHanded } from './handed-draft.ts'
import { History, VersionLine } from './History.tsx'
import './policy.css'
import { Proposals } from './Proposals.tsx'
import { Recorded } from './Recorded.tsx'
import { Review } from './Review.tsx'
import { Sections } from './Sections.tsx'
import { PolicyTabs } from './Tabs.tsx'
import { ThreatSwitch } from './ThreatSwitch.tsx'
import { Waiting } from './Waiting.tsx'
import type { Fault } from '../../copy/sentences.ts'

/** The policy: read, edited, reviewed and saved; its history and what waits to change it. */
export const PolicyPage = () => {
  const [params, setParams] = useSearchParams<{ view?: string }>()
  const [page, setPage] = createSignal<Page | null>(null)
  const [trouble, setTrouble] = createSignal<Fault | null>(null)
  const [draft, setDraft] = createSignal<Policy | null>(takeHanded())
  const [saved, setSaved] = createSignal<PolicySaved | null>(null)
  const load = async () => {
    try {
      setPage(await call('console.policy', {}))
      setTrouble(null)
    } catch (error) {
      setTrouble(faultOf(error))
    }
  }
  onMount(() => void load())
  useLiveSettings(() => void load())
  const view = () => (draft() === null && params.view !== 'history' ? 'current' : params.view)
  const edit = (policy: Policy) => {
    setSaved(null)
    setDraft(structuredClone(policy))
    setParams({ view: 'edit' })
  }
  const leave = () => {
    setDraft(null)
    setParams({ view: undefined })
  }
  const done = (answer: PolicySaved) => {
    setSaved(answer)
    leave()
    void load()
  }
  return (
    <div class="page wide policy-stack">
      <Show when={trouble()}>{(fault) => <Trouble fault={fault()} onRetry={() => void load()} />}</Show>
      <Show when={page()} fallback={<Loading when={trouble() === null} />}>
        {(shown) => (
          <>
            <Head
              page={shown()}
              isEditing={draft() !== null}
              isHistory={view() === 'history'}
              onEdit={edit}
            />
            <Show when={saved()}>{(answer) => <Saved saved={answer()} />}</Show>
            <Body
              page={shown()}
              view={view()}
              draft={draft()}
              onDraft={setDraft}
              onView={(wanted) => setParams({ view: wanted })}
              onLeave={leave}
              onSaved={done}
              onChanged={() => void load()}
            />
          </>
        )}
      </Show>
    </div>
  )
}

type BodyProps = {
  page: Page
  view: string | undefined
  draft: Policy | null
  onDraft: (policy: Policy) => void
  onView: (view: 'edit' | 'review') => void
  onLeave: () => void
  onSaved: (saved: PolicySaved) => void
  onChanged: () => void
}

const Body = (props: BodyProps) => (
  <Switch fallback={<Current page={props.page} onDone={() => props.onChanged()} />}>
    <Match when={props.view === 'history'}>
      <History />
    </Match>
    <Match when={props.view === 'review' && props.draft}>
      {(policy) => (
        <Review
          draft={policy()}
          onBack={() => props.onView('edit')}
          onSaved={(saved) => props.onSaved(saved)}
        />
      )}
    </Match>
    <Match when={props.draft}>
      {(policy) => (
        <>
          <EditBar onReview={() => props.onView('review')} onDiscard={() => props.onLeave()} />
          <Sections
            policy={policy()}
            checks={props.page.checks}
            onChange={(changed) => props.onDraft(changed)}
          />
          <EditBar onReview={() => props.onView('review')} onDiscard={() => props.onLeave()} />
        </>
      )}
    </Match>
  </Switch>
)

const Head = (props: {
  page: Page
  isEditing: boolean
  isHistory: boolean
  onEdit: (policy: Policy) => void
}) => {
  const copy = useCopy()
  const may = useMay()
  return (
    <header class="page-head policy-head">
      <h1>
        {copy().policy.title} <span class="muted">| {copy().policy.version(props.page.current.version)}</span>
      </h1>
      <Show when={!props.isEditing}>
        <PolicyTabs here={props.isHistory ? 'history' : 'current'}>
          <Show when={may('policy.write') && !props.isHistory}>
            <button type="button" class="main" onClick={() => props.onEdit(props.page.policy)}>
              {copy().policy.edit}
            </button>
          </Show>
        </PolicyTabs>
      </Show>
    </header>
  )
}

const EditBar = (props: { onReview: () => void; onDiscard: () => void }) => {
  const copy = useCopy()
  return (
    <div class="card tools">
      <span>{copy().policy.editing}</span>
      <button type="button" class="main" onClick={() => props.onReview()}>
        {copy().policy.review}
      </button>
      <button type="button" onClick={() => props.onDiscard()}>
        {copy().policy.discard}
      </button>
    </div>
  )
}

const Saved = (props: { saved: PolicySaved }) => {
  const copy = useCopy()
  const text = () => {
    if (props.saved.status === 'proposed') return copy().policy.proposed
    return props.saved.status === 'saved'
      ? copy().policy.saved(props.saved.version ?? 0)
      : copy().policy.unchanged
  }
  return (
    <p class="notice" role="status">
      {text()}
    </p>
  )
}

/** The list where there is something in it. */
const someOf = <T,>(items: readonly T[]): readonly [T, ...T[]] | null => {
  const [first, ...others] = items
  return first === undefined ? null : [first, ...others]
}

const Current = (props: { page: Page; onDone: () => void }) => {
  return (
    <>
      <VersionLine head={props.page.current} />
      <Show when={props.page.scheduled}>
        {(head) => <Waiting head={head()} onDone={() => props.onDone()} />}
      </Show>
      <Show when={props.page.proposals.length > 0}>
        <Proposals proposals={props.page.proposals} onDone={() => props.onDone()} />
      </Show>
      <Show when={someOf(props.page.harvests)}>{(alarms) => <Harvests alarms={alarms()} />}</Show>
      <Show when={someOf(props.page.recorded)}>{(demands) => <Recorded demands={demands()} />}</Show>
      <ThreatSwitch threat={props.page.threat} onDone={() => props.onDone()} />
      <Sections policy={props.page.policy} checks={props.page.checks} />
    </>
  )
}
