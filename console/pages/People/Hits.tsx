import { A } from '@solidjs/router'
import { For, Show } from 'solid-js'
import type { PeopleFound } from '#api/contract/console.ts'
import { useCopy } from '../../copy/index.ts'

type Person = PeopleFound['people'][number]

/** Arrow keys walk the people that were found, in every list of the page; up from the first goes back to the field. */
export const walk = (event: KeyboardEvent) => {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (by === undefined) return
  event.preventDefault()
  const links = [...document.querySelectorAll<HTMLElement>('[data-person]')]
  const at = links.findIndex((link) => link === document.activeElement) + by
  const next = at < 0 ? document.querySelector<HTMLElement>('[data-search]') : links[at]
  next?.focus()
}

/** People that a search found, each a way to the card. */
export const Hits = (props: { people: readonly Person[] }) => (
  <ul class="people" onKeyDown={walk}>
    <For each={props.people}>{(person) => <Hit person={person} />}</For>
  </ul>
)

const Hit = (props: { person: Person }) => {
  const copy = useCopy()
  const about = () => [props.person.workEmail, props.person.title, props.person.department]
  return (
    <li>
      <A href={`/people/${props.person.id}`} data-person={props.person.id}>
        <strong>{props.person.name}</strong>
        <span class="muted break">{about().filter(Boolean).join(' · ')}</span>
        <span class="tags">
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
