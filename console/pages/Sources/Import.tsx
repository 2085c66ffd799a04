import { createSignal, For, onMount, Show } from 'solid-js'
import type { ImportDetail } from '#api/contract/console-sources.ts'
import { pathOf } from '#api/contract/client.ts'
import { consoleRoutes } from '#api/contract/routes-console.ts'
import { call, faultOf, newKey } from '../../api.ts'
import { Loading } from '../../components/Loading.tsx'
import { Trouble } from '../../components/Trouble.tsx'
import { useCopy } from '../../copy/index.ts'
import { useFormat } from '../../lib/format.ts'
import { useLiveSettings } from '../../lib/live.ts'
import { useMay } from '../../session.tsx'
import type { Fault } from '../../copy/sentences.ts'

/** One import: what its file would do or did, what is wrong with it, and the word that lets it happen. */
export const Import = (props: { id: string; onClose: () => void; onDone: () => void }) => {
  const copy = useCopy()
  const words = () => copy().sources.import
  const [detail, setDetail] = createSignal<ImportDetail | null>(null)
  const [trouble, setTrouble] = createSignal<Fault | null>(null)
  const load = async () => {
    try {
      setDetail(await call('console.sourceImport', { params: { importId: props.id } }))
      setTrouble(null)
    } catch (error) {
      setTrouble(faultOf(error))
    }
  }
  onMount(() => void load())
  useLiveSettings(() => void load())
  const perform = async (work: () => Promise<unknown>) => {
    try {
      await work()
      setTrouble(null)
      props.onDone()
    } catch (error) {
      setTrouble(faultOf(error))
      return
    }
    await load()
  }
  let heading: HTMLHeadingElement | undefined
  onMount(() => heading?.focus())
  return (
    <section class="card sources-section" aria-labelledby="sources-import">
      <header class="sources-row">
        <h2 id="sources-import" tabindex="-1" ref={(element) => (heading = element)}>
          {words().title}
        </h2>
        <button type="button" onClick={() => props.onClose()}>
          {words().close}
        </button>
      </header>
      <Show when={trouble()}>{(fault) => <Trouble fault={fault()} onRetry={() => void load()} />}</Show>
      <Show when={detail()} fallback={<Loading when={trouble() === null} />}>
        {(shown) => (
          <>
            <Head detail={shown()} />
            <Figures detail={shown()} />
            <Problems detail={shown()} />
            <Steps detail={shown()} onWork={(work) => void perform(work)} />
          </>
        )}
      </Show>
    </section>
  )
}

const Head = (props: { detail: ImportDetail }) => {
  const copy = useCopy()
  const words = () => copy().sources.import
  const row = () => props.detail.import
  return (
    <>
      <p role="status" class="notice" classList={{ high: row().state === 'refused' }}>
        <strong>
          {copy().sources.kinds[row().kind]}: {words().states[row().state]}
        </strong>{' '}
        <Show when={row().state === 'uploaded'}>{words().looking}</Show>
        <Show when={row().state === 'confirmed'}>{words().doing}</Show>
      </p>
      <p class="muted small break">
        {words().by(row().by.name)} · {words().modes[row().mode]}
        <Show when={row().confirmedBy}>{(by) => <> · {words().confirmedBy(by().name)}</>}</Show>
        <Show when={row().sha256}>
          {(sha) => (
            <>
              {' '}
              · {words().sha} <code>{sha()}</code>
            </>
          )}
        </Show>
      </p>
    </>
  )
}

const Figures = (props: { detail: ImportDetail }) => {
  const copy = useCopy()
  const format = useFormat()
  const words = () => copy().sources.import
  const entries = (): readonly (readonly [string, number])[] => {
    const figures = props.detail.import.figures
    if (figures === null) return []
    const thin = figures.thin
    const always = [
      [words().rows, figures.rows],
      [words().added, figures.added],
      [words().changed, figures.changed],
      [words().same, figures.same],
      [words().gone, figures.gone],
      [words().covered, figures.people],
    ] as const
    const some = [
      [words().repeated, figures.repeated],
      [words().unknown, figures.unknown],
      [words().faults, figures.faults],
    ] as const
    return [
      ...always,
      ...some.filter(([, count]) => count > 0),
      ...(thin === undefined
        ? []
        : [
            [words().thinBefore, thin.before.people - thin.before.askable] as const,
            [words().thinAfter, thin.after.people - thin.after.askable] as const,
          ]),
    ]
  }
  return (
    <Show when={entries().length > 0}>
      <dl class="sources-figures">
        <For each={entries()}>
          {([name, count]) => (
            <div>
              <dt>{name}</dt>
              <dd>{format.whole(count)}</dd>
            </div>
          )}
        </For>
      </dl>
    </Show>
  )
}

const Problems = (props: { detail: ImportDetail }) => {
  const copy = useCopy()
  const words = () => copy().sources.import
  const all = () => {
    const figures = props.detail.import.figures
    return figures === null ? 0 : figures.faults + figures.unknown
  }
  const report = () =>
    pathOf(consoleRoutes['console.importReport'], { params: { importId: props.detail.import.id } })
  return (
    <Show
      when={props.detail.problems.length > 0}
      fallback={
        <Show when={props.detail.import.figures !== null}>
          <p>{words().none}</p>
        </Show>
      }
    >
      <h3>{words().problems}</h3>
      <Show when={all() > props.detail.problems.length}>
        <p class="muted">{words().more(props.detail.problems.length, all())}</p>
      </Show>
      <div class="scroll-x sources-problems" tabindex="0" role="group" aria-label={words().problems}>
        <table class="sources-table stacks">
          <thead>
            <tr>
              <th scope="col">{words().line}</th>
              <th scope="col">{words().column}</th>
              <th scope="col">{words().problem}</th>
            </tr>
          </thead>
          <tbody>
            <For each={props.detail.problems}>
              {({ line, column, code }) => (
                <tr>
                  <td data-name={line === null ? undefined : words().line}>{line ?? words().file}</td>
                  <td>{column === null ? '' : <code>{column}</code>}</td>
                  <td>{words().codes[code]}</td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </div>
      <p>
        <a class="button" href={report()} download="import-report.csv">
          {words().report}
        </a>
      </p>
    </Show>
  )
}

type StepsProps = { detail: ImportDetail; onWork: (work: () => Promise<unknown>) => void }

const Steps = (props: StepsProps) => {
  const copy = useCopy()
  const may = useMay()
  const words = () => copy().sources.import
  const [isAgreed, setAgreed] = createSignal(false)
  const waits = (...states: readonly ImportDetail['import']['state'][]) =>
    may('sources.import') && states.includes(props.detail.import.state)
  const confirm = () => {
    const params = { importId: props.detail.import.id }
    const body = { isDropConfirmed: isAgreed() }
    const key = newKey()
    props.onWork(() => call('console.confirmImport', { params, body }, { key }))
  }
  const cancel = () => {
    const params = { importId: props.detail.import.id }
    const key = newKey()
    props.onWork(() => call('console.cancelImport', { params, body: {} }, { key }))
  }
  const figures = () => props.detail.import.figures
  return (
    <>
      <Show when={waits('checked') && props.detail.needsDropConfirmed && figures()}>
        {(found) => (
          <label class="sources-check notice high">
            <input
              type="checkbox"
              checked={isAgreed()}
              onChange={(event) => setAgreed(event.currentTarget.checked)}
            />
            <span>
              {words().dropped(found().gone, found().known)} {words().agree}
            </span>
          </label>
        )}
      </Show>
      <div class="tools">
        <Show when={waits('checked')}>
          <button type="button" class="main" onClick={() => confirm()}>
            {words().confirm}
          </button>
        </Show>
        <Show when={waits('uploaded', 'checked')}>
          <button type="button" onClick={() => cancel()}>
            {words().cancel}
          </button>
        </Show>
      </div>
    </>
  )
}
