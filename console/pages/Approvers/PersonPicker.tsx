import { createUniqueId, For, Show } from 'solid-js'
import type { PeopleFound } from '#api/contract/console.ts'
import { useCopy } from '../../copy/index.ts'
import { createSearch } from '../People/create-search.ts'

/** A person of the directory who was chosen. */
export type Picked = Pick<PeopleFound['people'][number], 'id' | 'name' | 'title'>

type Props = { label: string; picked: Picked | null; onPick: (picked: Picked | null) => void }

/** Finds one person of the directory and keeps them until another is wanted. */
export const PersonPicker = (props: Props) => {
  const copy = useCopy()
  const id = createUniqueId()
  let group: HTMLDivElement | undefined
  // The pressed button is gone: the next thing to press takes the focus.
  const pick = (picked: Picked | null) => {
    props.onPick(picked)
    queueMicrotask(() => group?.querySelector<HTMLElement>('input, button')?.focus())
  }
  return (
    <div class="approvers-field" role="group" aria-labelledby={`${id}-label`} ref={group}>
      <span id={`${id}-label`} class="approvers-label">
        {props.label}
      </span>
      <Show when={props.picked} fallback={<Search label={props.label} onPick={pick} />}>
        {(picked) => (
          <p class="tools">
            <strong>{picked().name}</strong>
            <span class="muted">{picked().title}</span>
            <button type="button" class="small" onClick={() => pick(null)}>
              {copy().approvers.other}
            </button>
          </p>
        )}
      </Show>
    </div>
  )
}

const Search = (props: { label: string; onPick: (picked: Picked) => void }) => {
  const copy = useCopy()
  const search = createSearch()
  return (
    <>
      <input
        type="search"
        autocomplete="off"
        spellcheck={false}
        aria-label={`${props.label}: ${copy().people.search}`}
        placeholder={copy().people.search}
        value={search.text()}
        onInput={(event) => search.typed(event.currentTarget.value)}
      />
      <Show when={search.trouble()}>
        {(fault) => (
          <p class="error" role="alert">
            {copy().problem(fault())}
          </p>
        )}
      </Show>
      <Show when={search.found()}>{(result) => <Hits result={result()} onPick={props.onPick} />}</Show>
    </>
  )
}

const Hits = (props: { result: PeopleFound; onPick: (picked: Picked) => void }) => {
  const copy = useCopy()
  return (
    <>
      <p class="sr" role="status">
        {copy().people.found(props.result.people.length)}
      </p>
      <Show when={props.result.people.length === 0}>
        <p class="muted">{copy().people.none}</p>
      </Show>
      <ul class="plain approvers-hits">
        <For each={props.result.people}>
          {(person) => (
            <li>
              <button type="button" class="approvers-hit" onClick={() => props.onPick(person)}>
                <strong>{person.name}</strong>
                <span class="muted break">
                  {[person.title, person.department, person.workEmail].filter(Boolean).join(' · ')}
                </span>
              </button>
            </li>
          )}
        </For>
      </ul>
      <Show when={props.result.more}>
        <p class="muted">{copy().people.more}</p>
      </Show>
    </>
  )
}
