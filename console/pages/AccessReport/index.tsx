import { A, useParams } from '@solidjs/router'
import { createEffect, createSignal, on, Show } from 'solid-js'
import type { PersonCard } from '#api/contract/console.ts'
import type { AccessReport as Report } from '#api/contract/console-access.ts'
import { call, faultOf } from '../../api.ts'
import { Loading } from '../../components/Loading.tsx'
import { Trouble } from '../../components/Trouble.tsx'
import { useCopy } from '../../copy/index.ts'
import { AccessReport } from './AccessReport.tsx'
import type { Fault } from '../../copy/sentences.ts'
import './access.css'

/** Makes the access report of one person and shows it; it lives in this page only and is gone with it. */
export const AccessReportPage = () => {
  const copy = useCopy()
  const params = useParams()
  const id = () => params['personId'] ?? ''
  const [person, setPerson] = createSignal<PersonCard | null>(null)
  const [report, setReport] = createSignal<Report | null>(null)
  const [trouble, setTrouble] = createSignal<Fault | null>(null)
  const load = async () => {
    try {
      setPerson(await call('console.personCard', { params: { personId: id() } }))
      setTrouble(null)
    } catch (error) {
      setTrouble(faultOf(error))
    }
  }
  createEffect(
    on(id, () => {
      setReport(null)
      void load()
    }),
  )
  return (
    <div class="page access">
      <Show when={trouble()}>{(fault) => <Trouble fault={fault()} onRetry={() => void load()} />}</Show>
      <Show when={person()} fallback={<Loading when={trouble() === null} />}>
        {(shown) => (
          <>
            <header class="no-print">
              <p>
                <A href={`/people/${shown().id}`}>{shown().name}</A>
              </p>
              <Show when={report() === null}>
                <h1>{copy().access.title}</h1>
              </Show>
            </header>
            <Show when={report()} fallback={<Request person={shown()} onMade={setReport} />}>
              {(made) => <AccessReport report={made()} onAgain={() => setReport(null)} />}
            </Show>
          </>
        )}
      </Show>
    </div>
  )
}

const Request = (props: { person: PersonCard; onMade: (report: Report) => void }) => {
  const copy = useCopy()
  const [reference, setReference] = createSignal('')
  const [isMaking, setMaking] = createSignal(false)
  const [trouble, setTrouble] = createSignal<Fault | null>(null)
  const make = async () => {
    setMaking(true)
    try {
      const input = { params: { personId: props.person.id }, body: { reference: reference().trim() } }
      props.onMade(await call('console.accessReport', input))
    } catch (error) {
      setTrouble(faultOf(error))
    } finally {
      setMaking(false)
    }
  }
  return (
    <form
      class="card"
      onSubmit={(event) => {
        event.preventDefault()
        void make()
      }}
    >
      <p>{copy().access.story(props.person.name)}</p>
      <label>
        {copy().access.reference}
        <input
          required
          maxLength={40}
          autocomplete="off"
          pattern="\s*[\p{L}\p{N}][\p{L}\p{N}#\/._\-]*\s*"
          title={copy().access.referenceHint}
          aria-describedby="reference-hint"
          value={reference()}
          onInput={(event) => setReference(event.currentTarget.value)}
        />
        <span id="reference-hint" class="muted small">
          {copy().access.referenceHint}
        </span>
      </label>
      <Show when={trouble()}>
        {(fault) => (
          <p class="error" role="alert">
            {copy().problem(fault())}
          </p>
        )}
      </Show>
      <button class="main" disabled={isMaking() || reference().trim() === ''}>
        {isMaking() ? copy().access.making : copy().access.make}
      </button>
    </form>
  )
}
