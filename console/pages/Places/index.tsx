import { createSignal, For, Show } from 'solid-js'
import { placeKinds } from '#domain/places.ts'
import { call } from '../../api.ts'
import { Loading } from '../../components/Loading.tsx'
import { Trouble } from '../../components/Trouble.tsx'
import { useCopy } from '../../copy/index.ts'
import { createLoaded } from '../../lib/loaded.ts'
import '../Policy/policy.css'
import { PolicyTabs } from '../Policy/Tabs.tsx'
import './places.css'
import { Section } from './Section.tsx'

/** Lists the networks and devices that the organisation named, and lets an admin add and remove them. */
export const PlacesPage = () => {
  const copy = useCopy()
  const [done, setDone] = createSignal<string | null>(null)
  const { page, trouble, load } = createLoaded(() => call('console.places', {}))
  let status: HTMLParagraphElement | undefined
  // The button that was pressed is gone with its entry: the focus goes to the line that says so.
  const finish = async (said: string) => {
    setDone(said)
    await load()
    if (document.activeElement === document.body) status?.focus()
  }
  return (
    <div class="page wide policy-stack">
      <header class="page-head policy-head">
        <h1>{copy().places.title}</h1>
        <PolicyTabs here="places" />
      </header>
      <p class="places-story">{copy().places.story}</p>
      <p class="notice" role="status" tabindex="-1" ref={status} hidden={done() === null}>
        {done()}
      </p>
      <Show when={trouble()}>{(fault) => <Trouble fault={fault()} onRetry={() => void load()} />}</Show>
      <Show when={page()} fallback={<Loading when={trouble() === null} />}>
        {(shown) => (
          <For each={placeKinds}>
            {(kind) => <Section kind={kind} page={shown()} onDone={(said) => void finish(said)} />}
          </For>
        )}
      </Show>
    </div>
  )
}
