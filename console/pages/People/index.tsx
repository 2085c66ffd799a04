import { A } from '@solidjs/router'
import { onMount, Show } from 'solid-js'
import { Trouble } from '../../components/Trouble.tsx'
import { useCopy } from '../../copy/index.ts'
import { useMay } from '../../session.tsx'
import { createSearch, type Result } from './create-search.ts'
import { Hits, walk } from './Hits.tsx'
import { InDirectory } from './InDirectory.tsx'

/** Finds a person: three characters or more of name, login or e-mail. What is typed stays out of addresses and logs. */
export const PeoplePage = () => {
  const copy = useCopy()
  const may = useMay()
  const search = createSearch()
  let field: HTMLInputElement | undefined
  // One comes here to search: from the rail, by `n` and by Ctrl K.
  onMount(() => field?.focus())
  return (
    <div class="page narrow">
      <h1>{copy().rail.people}</h1>
      <Show when={may('readiness.read')}>
        <p>
          <A href="/readiness">{copy().readiness.link}</A>
        </p>
      </Show>
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
