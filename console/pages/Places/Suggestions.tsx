import { createUniqueId, For, Show } from 'solid-js'
import type { Places } from '#api/contract/console-places.ts'
import type { PlaceEntry, PlaceKind } from '#domain/places.ts'
import { useCopy, type Copy } from '../../copy/index.ts'
import { createAdding } from './AddForm.tsx'

type Suggestion = {
  readonly entry: PlaceEntry
  readonly told: string
  readonly add: string
}

const suggestionsOf = (kind: PlaceKind, page: Places, words: Copy['places']): readonly Suggestion[] => {
  if (kind === 'office')
    return page.officesBy.map(({ value, people }) => ({
      entry: { kind, value, label: null },
      told: words.usedBy(people),
      add: words.addOffice,
    }))
  if (kind !== 'shared_device') return []
  return page.sharedBy.map(({ value, people }) => ({
    entry: { kind, value, label: words.suggestedName },
    told: words.sharedBy(people),
    add: words.mark,
  }))
}

/** Entries that the organisation's own cases suggest, each with a button that adds it. */
export const Suggestions = (props: {
  kind: PlaceKind
  page: Places
  onAdded: (entry: PlaceEntry) => void
}) => {
  const copy = useCopy()
  const id = createUniqueId()
  const words = () => copy().places
  const suggestions = () => suggestionsOf(props.kind, props.page, words())
  return (
    <Show when={suggestions().length > 0}>
      <h3 id={id}>{words().suggested}</h3>
      <p class="small muted">{props.kind === 'office' ? words().checkOffice : words().checkDevice}</p>
      <ul class="plain places-list" aria-labelledby={id}>
        <For each={suggestions()}>
          {(suggestion) => <Suggested {...suggestion} onAdded={(entry) => props.onAdded(entry)} />}
        </For>
      </ul>
    </Show>
  )
}

const Suggested = (props: Suggestion & { onAdded: (entry: PlaceEntry) => void }) => {
  const id = createUniqueId()
  const adding = createAdding((entry) => props.onAdded(entry))
  return (
    <li>
      <div class="places-entry">
        <span id={id}>
          <code>{props.entry.value}</code> <span class="muted">{props.told}</span>
        </span>
        <button
          type="button"
          class="small"
          aria-describedby={id}
          disabled={adding.isWorking()}
          onClick={() => void adding.add(props.entry)}
        >
          {props.add}
        </button>
      </div>
      <Show when={adding.wrong()}>
        {(wrong) => (
          <p class="error" role="alert">
            {wrong().text}
          </p>
        )}
      </Show>
    </li>
  )
}
