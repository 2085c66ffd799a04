import { createSignal, onCleanup, onMount, Show } from 'solid-js'
import { useCopy } from '../copy/index.ts'
import type { Visit } from '../visit.ts'

type Of = { visit: Pick<Visit, 'trouble'> }

/** Where it can be shown now; the newest is where the participant is. */
const [places, setPlaces] = createSignal<readonly symbol[]>([])

/** The trouble of the last call, where nothing but the page itself has a place for it. */
export const TroubleElsewhere = (props: Of) => (
  <Show when={places().length === 0}>
    <Said visit={props.visit} />
  </Show>
)

/** The same at the button that was pressed. */
export const Trouble = (props: Of) => {
  const mine = Symbol('place')
  onMount(() => setPlaces((all) => [...all, mine]))
  onCleanup(() => setPlaces((all) => all.filter((place) => place !== mine)))
  return (
    <Show when={places().at(-1) === mine}>
      <Said visit={props.visit} />
    </Show>
  )
}

const Said = (props: Of) => {
  const copy = useCopy()
  return (
    <Show when={props.visit.trouble()}>
      {(trouble) => (
        <p class="error" role="alert">
          {copy().dead[trouble()].join('. ')}
        </p>
      )}
    </Show>
  )
}
