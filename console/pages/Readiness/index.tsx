import { useSearchParams } from '@solidjs/router'
import { For, Show } from 'solid-js'
import type { Readiness } from '#api/contract/console-readiness.ts'
import { call } from '../../api.ts'
import { Loading } from '../../components/Loading.tsx'
import { Trouble } from '../../components/Trouble.tsx'
import { useCopy } from '../../copy/index.ts'
import { createLoaded } from '../../lib/loaded.ts'
import { People } from './People.tsx'
import './readiness.css'

type Department = Readiness['departments'][number]

/** Ways that are counted, in the order of the columns. */
const ways = ['passkey', 'waiting', 'sheet', 'signIn', 'contacts'] as const

/** The page of those who could prove who they are today, and of those who could not: before they need the help desk. */
export const ReadinessPage = () => {
  const copy = useCopy()
  const words = () => copy().readiness
  const [params, setParams] = useSearchParams<{ department?: string; lacking?: string }>()
  const { page, trouble, load } = createLoaded(() => call('console.readiness', {}))
  const chosen = () => {
    const { lacking } = params
    return lacking === 'none' || lacking === 'passkey'
      ? ({ lacking, department: params.department } as const)
      : null
  }
  return (
    <div class="page wide readiness-stack">
      <header class="page-head">
        <h1>{words().title}</h1>
      </header>
      <Show when={trouble()}>{(fault) => <Trouble fault={fault()} onRetry={() => void load()} />}</Show>
      <Show when={page()} fallback={<Loading when={trouble() === null} />}>
        {(shown) => (
          <>
            <Invitation address={shown().enrolAddress} />
            <Counts
              departments={shown().departments}
              onChoose={(lacking, department) => setParams({ lacking, department: department ?? '' })}
              onAll={(lacking) => setParams({ lacking, department: undefined })}
            />
            <Show when={chosen()} keyed>
              {(choice) => (
                <People
                  {...choice}
                  isOpen={shown().enrolAddress !== null}
                  onClose={() => setParams({ lacking: undefined, department: undefined })}
                />
              )}
            </Show>
          </>
        )}
      </Show>
    </div>
  )
}

const Invitation = (props: { address: string | null }) => {
  const copy = useCopy()
  const words = () => copy().readiness
  return (
    <section class="card" aria-labelledby="readiness-address">
      <h2 id="readiness-address">{words().address.title}</h2>
      <Show when={props.address} fallback={<p>{words().address.off}</p>}>
        {(address) => (
          <>
            <p>{words().address.story}</p>
            <p>
              <code>{address()}</code>
            </p>
          </>
        )}
      </Show>
    </section>
  )
}

type Choose = {
  onChoose: (lacking: 'none' | 'passkey', department: string | null) => void
  onAll: (lacking: 'none' | 'passkey') => void
}

const Counts = (props: { departments: readonly Department[] } & Choose) => {
  const copy = useCopy()
  const words = () => copy().readiness
  const total = (of: keyof Omit<Department, 'department'>) =>
    props.departments.reduce((sum, department) => sum + department[of], 0)
  return (
    <section class="card" aria-labelledby="readiness-counts">
      <h2 id="readiness-counts">{words().headline(total('none'), total('people'))}</h2>
      <p class="muted">{words().story}</p>
      <p class="readiness-choices">
        <button type="button" disabled={total('none') === 0} onClick={() => props.onAll('none')}>
          {words().show.none}
        </button>
        <button type="button" onClick={() => props.onAll('passkey')}>
          {words().show.passkey}
        </button>
      </p>
      <div class="readiness-scroll" tabindex="0" role="group" aria-label={words().table}>
        <table class="readiness-table">
          <thead>
            <tr>
              <th scope="col">{words().department}</th>
              <th scope="col" class="number">
                {words().people}
              </th>
              <For each={ways}>
                {(way) => (
                  <th scope="col" class="number">
                    {words().ways[way]}
                  </th>
                )}
              </For>
              <th scope="col" class="number">
                {words().none}
              </th>
            </tr>
          </thead>
          <tbody>
            <For each={props.departments}>{(row) => <Row row={row} onChoose={props.onChoose} />}</For>
          </tbody>
        </table>
      </div>
    </section>
  )
}

const Row = (props: { row: Department; onChoose: Choose['onChoose'] }) => {
  const copy = useCopy()
  const words = () => copy().readiness
  return (
    <tr>
      <th scope="row">{props.row.department ?? words().noDepartment}</th>
      <td class="number">{props.row.people}</td>
      <For each={ways}>{(way) => <td class="number">{props.row[way]}</td>}</For>
      <td class="number">
        <Show when={props.row.none > 0} fallback="0">
          <button
            type="button"
            class="link"
            aria-label={words().list(props.row.none, props.row.department ?? words().noDepartment)}
            onClick={() => props.onChoose('none', props.row.department)}
          >
            {props.row.none}
          </button>
        </Show>
      </td>
    </tr>
  )
}
