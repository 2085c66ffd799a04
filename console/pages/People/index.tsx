import { A } from '@solidjs/router'
import { createSignal, For, onCleanup, onMount, Show } from 'solid-js'
import type { PeopleFound } from '#api/contract/console.ts'
import { call, codeOf } from '../../api.ts'
import { Trouble } from '../../components/Trouble.tsx'
import { useCopy } from '../../copy/index.ts'

const typingPauseMs = 250
/** Characters that a search needs (security.md D9). */
const least = 3

/** Arrow keys walk the people that were found; up from the first goes back to the field. */
const walk = (event: KeyboardEvent) => {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (by === undefined) return
  event.preventDefault()
  const links = [...document.querySelectorAll<HTMLElement>('[data-person]')]
  const at = links.findIndex((link) => link === document.activeElement) + by
  const next = at < 0 ? document.querySelector<HTMLElement>('[data-search]') : links[at]
  next?.focus()
}

/** Searches while one types; an answer that a later letter overtook is dropped. */
const createSearch = () => {
  const [text, setText] = createSignal('')
  const [found, setFound] = createSignal<PeopleFound | null>(null)
  const [trouble, setTrouble] = createSignal<string | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => clearTimeout(timer))
  const wanted = () => text().trim()
  const search = async (q = wanted()) => {
    try {
      const result = await call('console.searchPeople', { body: { q } })
      if (q !== wanted()) return
      setFound(result)
      setTrouble(null)
    } catch (error) {
      if (q === wanted()) setTrouble(codeOf(error))
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
        {(code) => <Trouble code={code()} onRetry={() => void search.search()} />}
      </Show>
      <Show when={search.isShort()}>
        <p class="muted">{copy().people.hint}</p>
      </Show>
      <Show when={search.found()}>{(result) => <Found result={result()} />}</Show>
    </div>
  )
}

const Found = (props: { result: PeopleFound }) => {
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
      <ul class="people" onKeyDown={walk}>
        <For each={props.result.people}>{(person) => <Hit person={person} />}</For>
      </ul>
      <Show when={props.result.more}>
        <p class="muted">{copy().people.more}</p>
      </Show>
    </>
  )
}

const Hit = (props: { person: PeopleFound['people'][number] }) => {
  const copy = useCopy()
  const about = () => [props.person.workEmail, props.person.title, props.person.department]
  return (
    <li>
      <A href={`/people/${props.person.id}`} data-person={props.person.id}>
        <strong>{props.person.name}</strong>
        <span class="muted break">{about().filter(Boolean).join(' · ')}</span>
        <span class="tags">
          <Show when={props.person.tier === 'privileged'}>
            <span class="tag elevated">{copy().tiers.privileged}</span>
          </Show>
          <Show when={props.person.accountState !== 'active'}>
            <span class="tag elevated">
              {copy().accountStates[props.person.accountState] ?? props.person.accountState}
            </span>
          </Show>
        </span>
      </A>
    </li>
  )
}
