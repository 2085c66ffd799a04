import { useSearchParams } from '@solidjs/router'
import { createEffect, createSignal, on, Show } from 'solid-js'
import { call } from '../../api.ts'
import { Loading } from '../../components/Loading.tsx'
import { Trouble } from '../../components/Trouble.tsx'
import { useCopy } from '../../copy/index.ts'
import { createLoaded } from '../../lib/loaded.ts'
import { useMay } from '../../session.tsx'
import '../Policy/policy.css'
import { PolicyTabs } from '../Policy/Tabs.tsx'
import './approvers.css'
import { NameForm } from './NameForm.tsx'
import { Namings } from './Namings.tsx'
import { SecondApprovers } from './SecondApprovers.tsx'

type Params = { q?: string; over?: string }

/** The list that the address asks for, kept live. */
const createList = (params: Params) => {
  const query = () => ({ q: params.q ?? '', ...(params.over === 'yes' ? { over: 'yes' as const } : {}) })
  const loaded = createLoaded(() => call('console.approvers', { query: query() }))
  createEffect(on(query, () => void loaded.load(), { defer: true }))
  return loaded
}

/**
 * Lists who may vouch besides managers: named by one admin, accepted by another; what waits, what is in force, what is
 * over.
 */
export const ApproversPage = () => {
  const copy = useCopy()
  const [params, setParams] = useSearchParams<Params>()
  const [isNaming, setNaming] = createSignal(false)
  const [done, setDone] = createSignal<string | null>(null)
  const { page, trouble, load } = createList(params)
  const finish = (said: string) => {
    setNaming(false)
    setDone(said)
    void load()
  }
  return (
    <div class="page wide policy-stack">
      <Head isNaming={isNaming()} onName={() => setNaming(true)} />
      <p class="approvers-story">{copy().approvers.story}</p>
      <Show when={done()}>
        {(text) => (
          <p class="notice" role="status">
            {text()}
          </p>
        )}
      </Show>
      <Show when={trouble()}>{(fault) => <Trouble fault={fault()} onRetry={() => void load()} />}</Show>
      <Show when={page()} fallback={<Loading when={trouble() === null} />}>
        {(shown) => (
          <>
            <Show when={isNaming()}>
              <NameForm
                teams={shown().teams}
                onClose={() => setNaming(false)}
                onDone={() => finish(copy().approvers.named)}
              />
            </Show>
            <Narrow
              q={params.q ?? ''}
              isOver={params.over === 'yes'}
              onChange={(change) => setParams(change, { replace: true })}
            />
            <SecondApprovers />
            <Namings
              page={shown()}
              isOver={params.over === 'yes'}
              isSearch={(params.q ?? '') !== ''}
              onDone={finish}
            />
          </>
        )}
      </Show>
    </div>
  )
}

const Head = (props: { isNaming: boolean; onName: () => void }) => {
  const copy = useCopy()
  const may = useMay()
  return (
    <header class="page-head policy-head">
      <h1>{copy().approvers.title}</h1>
      <PolicyTabs here="approvers">
        <Show when={may('policy.write') && !props.isNaming}>
          <button type="button" class="main" onClick={() => props.onName()}>
            {copy().approvers.name}
          </button>
        </Show>
      </PolicyTabs>
    </header>
  )
}

const Narrow = (props: {
  q: string
  isOver: boolean
  onChange: (change: { q?: string | undefined; over?: string | undefined }) => void
}) => {
  const copy = useCopy()
  return (
    <div class="tools">
      <input
        type="search"
        class="approvers-search"
        autocomplete="off"
        aria-label={copy().approvers.search}
        placeholder={copy().approvers.search}
        value={props.q}
        onInput={(event) => props.onChange({ q: event.currentTarget.value.trim() || undefined })}
      />
      <label class="tools">
        <input
          type="checkbox"
          checked={props.isOver}
          onChange={(event) => props.onChange({ over: event.currentTarget.checked ? 'yes' : undefined })}
        />
        {copy().approvers.over}
      </label>
    </div>
  )
}
