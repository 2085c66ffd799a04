import { createSignal, onCleanup, onMount, Show } from 'solid-js'
import type { PeopleFound } from '#api/contract/console.ts'
import { call, faultOf } from '../../api.ts'
import { Trouble } from '../../components/Trouble.tsx'
import { useCopy } from '../../copy/index.ts'
import { Hits, walk } from './Hits.tsx'
import { InDirectory } from './InDirectory.tsx'
import type { Fault } from '../../copy/sentences.ts'

const typingPauseMs = 250
/** Characters that a search needs (security.md D9). */
const least = 3

/** What was found, and for which words. */
type Result = PeopleFound & { readonly q: string }

/** Searches while one types; an answer that a later letter overtook is dropped. */
const createSearch = () => {
  const [text, setText] = createSignal('')
  const [found, setFound] = createSignal<Result | null>(null)
  const [trouble, setTrouble] = createSignal<Fault | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => clearTimeout(timer))
  const wanted = () => text().trim()
  const search = async (q = wanted()) => {
    try {
      const result = await call('console.searchPeople', { body: { q } })
      if (q !== wanted()) return
      setFound({ ...result, q })
      setTrouble(null)
    } catch (error) {
      if (q === wanted()) setTrouble(faultOf(error))
    }
  }
  const typed = (value: string) => {
    setText(value)
    clearTimeout(timer)
    if (wanted().length < least) setFound(null)
    else timer = setTimeout(() => void search(), typingPauseMs)
  }
  return { text, found, trouble, typed, search, isShort: () => wanted().length < least }
}

/** Finds a person: three characters or more of name, login or e-mail. What is typed stays out of addresses and logs. */
export const PeoplePage = () => {
  const copy = useCopy()
  const search = createSearch()
  let field: HTMLInputElement | undefined
  // One comes here to search: from the rail, by `n` and by Ctrl K.
  onMount(() => field?.focus())
  return (
    <div class="page narrow">
      <h1>{copy().rail.people}</h1>
      <input
        class="large"
        type="search"
        data-search=""
        ref={field}
        autocomplete="off"
        spellcheck={false}
        aria-label={copy().people.search}
        placeholder={copy().people.search}
        value={search.text()}
        onInput={(event) => search.typed(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') walk(event)
        }}
      />
      <Show when={search.trouble()}>
        {(fault) => <Trouble fault={fault()} onRetry={() => void search.search()} />}
      </Show>
      <Show when={search.isShort()}>
        <p class="muted">{copy().people.hint}</p>
      </Show>
      <Show when={search.found()}>{(result) => <Found result={result()} />}</Show>
    </div>
  )
}

const Found = (props: { result: Result }) => {
  const copy = useCopy()
  return (
    <>
      <p class="sr" role="status">
        {copy().people.found(props.result.people.length)}
      </p>
      <Show when={props.result.note}>
        {(note) => <p class="notice elevated">{copy().sentence(note())}</p>}
      </Show>
      <Show when={props.result.people.length === 0}>
        <p class="muted">{copy().people.none}</p>
      </Show>
      <Hits people={props.result.people} />
      <Show when={props.result.more}>
        <p class="muted">{copy().people.more}</p>
      </Show>
      <Show when={props.result.canAskDirectories}>
        {/* Other words are another question: nothing of the answer before stays. */}
        <Show when={props.result.q} keyed>
          {(q) => <InDirectory q={q} shown={props.result.people} />}
        </Show>
      </Show>
    </>
  )
}
