import { A } from '@solidjs/router'
import { createSignal, For, onCleanup, onMount, Show } from 'solid-js'
import type { PeopleFound } from '#api/contract/console.ts'
import { call, codeOf } from '../../api.ts'
import { Trouble } from '../../components/Trouble.tsx'
import { useCopy } from '../../copy/index.ts'

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

const typingPauseMs = 250
const least = 3

/** Finds a person: three characters or more of name, login or e-mail. What is typed stays out of addresses and logs. */
export const PeoplePage = () => {
  const copy = useCopy()
  const [text, setText] = createSignal('')
  const [found, setFound] = createSignal<PeopleFound | null>(null)
  const [trouble, setTrouble] = createSignal<string | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  let field: HTMLInputElement | undefined
  onCleanup(() => clearTimeout(timer))
  // One comes here to search: from the rail, by `n` and by Ctrl K.
  onMount(() => field?.focus())

  const search = async (q: string) => {
    try {
      const result = await call('console.searchPeople', { body: { q } })
      if (q !== text().trim()) return
      setFound(result)
      setTrouble(null)
    } catch (error) {
      setTrouble(codeOf(error))
    }
  }
  const typed = (value: string) => {
    setText(value)
    clearTimeout(timer)
    const q = value.trim()
    if (q.length < least) setFound(null)
    else timer = setTimeout(() => void search(q), typingPauseMs)
  }
  const hint = () => (text().trim().length < least ? copy().people.hint : null)

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
        value={text()}
        onInput={(event) => typed(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return
          event.preventDefault()
          document.querySelector<HTMLElement>('[data-person]')?.focus()
        }}
      />
      <Show when={trouble()}>
        {(code) => <Trouble code={code()} onRetry={() => void search(text().trim())} />}
      </Show>
      <Show when={hint()}>{(words) => <p class="muted">{words()}</p>}</Show>
      <Show when={found()}>
        {(result) => (
          <>
            <p class="sr" role="status">
              {copy().people.found(result().people.length)}
            </p>
            <Show when={result().people.length === 0}>
              <p class="muted">{copy().people.none}</p>
            </Show>
            <ul class="people" onKeyDown={walk}>
              <For each={result().people}>
                {(person) => (
                  <li>
                    <A href={`/people/${person.id}`} data-person={person.id}>
                      <strong>{person.name}</strong>
                      <span class="muted">
                        {[person.workEmail, person.title, person.department].filter(Boolean).join(' · ')}
                      </span>
                      <span class="tags">
                        <Show when={person.tier === 'privileged'}>
                          <span class="tag elevated">{copy().tiers.privileged}</span>
                        </Show>
                        <Show when={person.accountState !== 'active'}>
                          <span class="tag elevated">
                            {copy().accountStates[person.accountState] ?? person.accountState}
                          </span>
                        </Show>
                      </span>
                    </A>
                  </li>
                )}
              </For>
            </ul>
            <Show when={result().more}>
              <p class="muted">{copy().people.more}</p>
            </Show>
          </>
        )}
      </Show>
    </div>
  )
}
