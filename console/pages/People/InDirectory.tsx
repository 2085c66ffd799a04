import { createSignal, Show } from 'solid-js'
import type { DirectoriesFound, PeopleFound } from '#api/contract/console.ts'
import { call, faultOf } from '../../api.ts'
import { Trouble } from '../../components/Trouble.tsx'
import { useCopy } from '../../copy/index.ts'
import { Hits } from './Hits.tsx'
import type { Fault } from '../../copy/sentences.ts'

/** Asks for one search's words; a person who is shown already is not shown twice. */
const createAsking = (props: { q: string; shown: PeopleFound['people'] }) => {
  const [answer, setAnswer] = createSignal<DirectoriesFound | null>(null)
  const [trouble, setTrouble] = createSignal<Fault | null>(null)
  const [isAsking, setAsking] = createSignal(false)
  const ask = async () => {
    if (isAsking()) return
    setAsking(true)
    setTrouble(null)
    try {
      setAnswer(await call('console.searchDirectories', { body: { q: props.q } }))
    } catch (error) {
      setTrouble(faultOf(error))
    } finally {
      setAsking(false)
    }
  }
  const others = () => {
    const shown = new Set(props.shown.map(({ id }) => id))
    return answer()?.people.filter(({ id }) => !shown.has(id)) ?? []
  }
  return { answer, trouble, isAsking, ask, others }
}

/**
 * Asks the directory itself for the same words, since it may know a person whom the last reading did not. The way out where
 * nobody was found, and a quiet one below those who were.
 */
export const InDirectory = (props: { q: string; shown: PeopleFound['people'] }) => {
  const copy = useCopy()
  const asking = createAsking(props)
  const said = () => {
    if (asking.isAsking()) return copy().people.asking
    return asking.answer() === null ? '' : copy().people.foundThere(asking.others().length)
  }
  return (
    <section class="in-directory" aria-label={copy().people.inDirectory}>
      <p>
        {/* aria-disabled keeps the focus where it is while the directory is asked */}
        <button
          type="button"
          classList={{ quiet: props.shown.length > 0 }}
          aria-disabled={asking.isAsking()}
          onClick={() => void asking.ask()}
        >
          {asking.isAsking() ? copy().people.asking : copy().people.directory}
        </button>
      </p>
      <Show when={asking.answer() === null}>
        <p class="muted small">{copy().people.directoryHint}</p>
      </Show>
      <p class="sr" role="status">
        {said()}
      </p>
      <Show when={asking.trouble()}>
        {(fault) => <Trouble fault={fault()} onRetry={() => void asking.ask()} />}
      </Show>
      <Show when={asking.answer()}>{(answer) => <Answer answer={answer()} others={asking.others()} />}</Show>
    </section>
  )
}

const Answer = (props: { answer: DirectoriesFound; others: PeopleFound['people'] }) => {
  const copy = useCopy()
  return (
    <>
      <Show when={props.answer.silent.length > 0}>
        <p class="notice elevated">{copy().people.silent(props.answer.silent)}</p>
      </Show>
      <Show
        when={props.others.length > 0}
        fallback={
          // A directory that does not answer does not mean that nobody was found.
          <Show when={props.answer.silent.length === 0}>
            <p class="muted">{copy().people.noneThere}</p>
          </Show>
        }
      >
        <h2>{copy().people.inDirectory}</h2>
        <Hits people={props.others} />
      </Show>
      <Show when={props.answer.more}>
        <p class="muted">{copy().people.more}</p>
      </Show>
    </>
  )
}
