import { For, type JSX } from 'solid-js'
import { useCopy } from '../../copy/index.ts'

const places = {
  current: '/policy',
  approvers: '/policy/approvers',
  places: '/policy/places',
  messages: '/policy/messages',
  history: '/policy?view=history',
} as const

/** The pages of the policy: the version in force, who may vouch, named networks and devices, older versions. */
export const PolicyTabs = (props: { here: keyof typeof places; children?: JSX.Element }) => {
  const copy = useCopy()
  const names = () => ({
    current: copy().policy.current,
    approvers: copy().approvers.title,
    places: copy().places.title,
    messages: copy().messages.title,
    history: copy().policy.history,
  })
  return (
    <nav class="tools" aria-label={copy().policy.tabs}>
      <For each={Object.keys(places) as (keyof typeof places)[]}>
        {(place) => (
          <a
            class="button"
            classList={{ chosen: props.here === place }}
            href={places[place]}
            aria-current={props.here === place ? 'page' : undefined}
          >
            {names()[place]}
          </a>
        )}
      </For>
      {props.children}
    </nav>
  )
}
