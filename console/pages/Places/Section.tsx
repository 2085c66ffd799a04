import { createSignal, createUniqueId, For, Match, Show, Switch } from 'solid-js'
import type { Places } from '#api/contract/console-places.ts'
import type { PlaceEntry, PlaceKind } from '#domain/places.ts'
import { call } from '../../api.ts'
import { Reasoned } from '../../components/Reasoned.tsx'
import { useCopy, useLanguage } from '../../copy/index.ts'
import type { PlaceWords } from '../../copy/en/places.ts'
import { namesOf } from '../../lib/formats.ts'
import { useMay } from '../../session.tsx'
import { AddForm } from './AddForm.tsx'
import { Suggestions } from './Suggestions.tsx'

type Done = (said: string) => void

/** An entry as the reader knows it. */
const createNames = () => {
  const copy = useCopy()
  const language = useLanguage()
  return ({ kind, value, label }: PlaceEntry): string => {
    if (kind === 'virtual_desktops') return copy().places.kinds.virtual_desktops.title
    if (kind === 'country')
      return `${namesOf(language(), { type: 'region', fallback: 'code' }).of(value) ?? value} (${value})`
    return label ?? value
  }
}

/** The entries of one kind, how to add one, and what was seen that could be one. */
export const Section = (props: { kind: PlaceKind; page: Places; onDone: Done }) => {
  const copy = useCopy()
  const may = useMay()
  const id = createUniqueId()
  const nameOf = createNames()
  const words = (): PlaceWords => copy().places.kinds[props.kind]
  const entries = () => props.page.entries.filter(({ kind }) => kind === props.kind)
  const isAddable = () => may('policy.write') && (words().value !== null || entries().length === 0)
  const added = (entry: PlaceEntry) => props.onDone(copy().places.added(nameOf(entry)))
  return (
    <section class="card policy-section" aria-labelledby={id}>
      <h2 id={id}>{words().title}</h2>
      <p class="muted places-story">{words().story}</p>
      <Show when={entries().length > 0} fallback={<p>{words().none}</p>}>
        <ul class="plain places-list">
          <For each={entries()}>
            {(entry) => <Entry entry={entry} name={nameOf(entry)} words={words()} onDone={props.onDone} />}
          </For>
        </ul>
      </Show>
      <Show when={may('policy.write')}>
        <Suggestions kind={props.kind} page={props.page} onAdded={added} />
      </Show>
      <Show when={isAddable()}>
        <AddForm kind={props.kind} words={words()} onAdded={added} />
      </Show>
    </section>
  )
}

const Entry = (props: { entry: PlaceEntry; name: string; words: PlaceWords; onDone: Done }) => {
  const copy = useCopy()
  const may = useMay()
  const [isSure, setSure] = createSignal(false)
  let row: HTMLLIElement | undefined
  // The pressed button is gone: the next thing to press takes the focus.
  const ask = (isAsked: boolean) => {
    setSure(isAsked)
    queueMicrotask(() => row?.querySelector<HTMLElement>('button')?.focus())
  }
  const remove = (_reason: string, key: string) => {
    const { kind, value } = props.entry
    return call('console.removePlace', { body: { kind, value } }, { key })
  }
  return (
    <li ref={row}>
      <div class="places-entry">
        <Told entry={props.entry} name={props.name} />
        <Show when={may('policy.write') && !isSure()}>
          <button
            type="button"
            class="small"
            aria-label={copy().places.removeOne(props.name)}
            onClick={() => ask(true)}
          >
            {copy().places.remove}
          </button>
        </Show>
      </div>
      <Show when={isSure()}>
        <Reasoned
          label={null}
          actions={[{ word: copy().places.removeOne(props.name), act: remove, isMain: true }]}
          onBack={() => ask(false)}
          onDone={() => props.onDone(copy().places.removed(props.name))}
        >
          <p>{props.words.sure}</p>
        </Reasoned>
      </Show>
    </li>
  )
}

const Told = (props: { entry: PlaceEntry; name: string }) => {
  const copy = useCopy()
  return (
    <Switch fallback={<code>{props.entry.value}</code>}>
      <Match when={props.entry.kind === 'virtual_desktops'}>{copy().places.uses}</Match>
      <Match when={props.entry.kind === 'country'}>{props.name}</Match>
      <Match when={props.entry.label !== null}>
        <span>
          <strong>{props.name}</strong> <code class="muted">{props.entry.value}</code>
        </span>
      </Match>
    </Switch>
  )
}
