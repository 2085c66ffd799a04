import { createSignal, For, onCleanup, Show } from 'solid-js'
import { importForms, importKinds, importLimits, type ImportKind } from '#domain/questions/import-kinds.ts'
import { faultOf } from '../../api.ts'
import { Trouble } from '../../components/Trouble.tsx'
import { useCopy } from '../../copy/index.ts'
import { useFormat } from '../../lib/format.ts'
import { sendFile, type SentFile } from './send-file.ts'
import type { Fault } from '../../copy/sentences.ts'

type Props = { kind: ImportKind; onKind: (kind: ImportKind) => void; onSent: (importId: string) => void }

/** Brings a file: what it says, how it meets what is known, and the file itself, dropped or chosen. */
export const Upload = (props: Props) => {
  const copy = useCopy()
  const words = () => copy().sources.upload
  const [mode, setMode] = createSignal<'replace' | 'merge'>('replace')
  const [isStrict, setStrict] = createSignal(false)
  return (
    <section class="card sources-section" aria-labelledby="sources-upload">
      <h2 id="sources-upload">{words().title}</h2>
      <p class="muted">{words().nothing}</p>
      <label class="field" for="sources-kind">
        {words().kind}
        <select
          id="sources-kind"
          value={props.kind}
          onChange={(event) => props.onKind(event.currentTarget.value as ImportKind)}
        >
          <For each={importKinds}>{(kind) => <option value={kind}>{copy().sources.kinds[kind]}</option>}</For>
        </select>
      </label>
      <Columns kind={props.kind} />
      <fieldset class="sources-choices">
        <legend>{words().mode}</legend>
        <For each={['replace', 'merge'] as const}>
          {(one) => (
            <label>
              <input
                type="radio"
                name="sources-mode"
                checked={mode() === one}
                onChange={() => setMode(one)}
              />
              {words()[one]}
            </label>
          )}
        </For>
      </fieldset>
      <label class="sources-check">
        <input
          type="checkbox"
          checked={isStrict()}
          onChange={(event) => setStrict(event.currentTarget.checked)}
        />
        {words().strict}
      </label>
      <Drop
        onSent={(id) => props.onSent(id)}
        send={(file, onShare) =>
          sendFile(
            file,
            { kind: props.kind, mode: mode(), unknown: isStrict() ? 'stop' : 'leave_out' },
            onShare,
          )
        }
      />
      <p class="muted small">{words().formats}</p>
    </section>
  )
}

const Columns = (props: { kind: ImportKind }) => {
  const copy = useCopy()
  const words = () => copy().sources.upload
  return (
    <details>
      <summary>{words().columns}</summary>
      <div class="scroll-x" tabindex="0" role="group" aria-label={words().columns}>
        <table class="sources-table">
          <thead>
            <tr>
              <th scope="col">{words().column}</th>
              <th scope="col">{words().holds}</th>
              <th scope="col">{words().needed}</th>
            </tr>
          </thead>
          <tbody>
            <For each={importForms[props.kind].columns}>
              {({ name, form, isRequired }) => (
                <tr>
                  <th scope="row">
                    <code>{name}</code>
                  </th>
                  <td>{words().forms[form]}</td>
                  <td>{isRequired ? words().needed : words().optional}</td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </div>
    </details>
  )
}

type DropProps = {
  send: (file: File, onShare: (share: number) => void) => SentFile
  onSent: (importId: string) => void
}

/** Takes one file at a time; leaving the page stops it. */
const createTaking = (props: DropProps) => {
  const [share, setShare] = createSignal<number | null>(null)
  const [trouble, setTrouble] = createSignal<Fault | null>(null)
  let sending: SentFile | undefined
  const stop = () => sending?.stop()
  onCleanup(stop)
  const take = async (file: File | undefined) => {
    if (file === undefined || share() !== null) return
    setTrouble(file.size > importLimits.bytes ? { code: 'too_large' } : null)
    if (trouble() !== null) return
    setShare(0)
    sending = props.send(file, setShare)
    try {
      props.onSent((await sending.answer).id)
    } catch (error) {
      if (!(error instanceof DOMException)) setTrouble(faultOf(error))
    } finally {
      setShare(null)
    }
  }
  return { share, trouble, stop, take }
}

const Drop = (props: DropProps) => {
  const copy = useCopy()
  const words = () => copy().sources.upload
  const [isOver, setOver] = createSignal(false)
  const { share, trouble, stop, take } = createTaking(props)
  return (
    <div
      class="sources-drop"
      classList={{ over: isOver() }}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        void take(event.dataTransfer?.files[0])
      }}
    >
      <Show when={share() === null} fallback={<Progress share={share() ?? 0} onStop={() => stop()} />}>
        <label class="field" for="sources-file">
          {words().drop}
          <input
            id="sources-file"
            type="file"
            accept=".csv,.tsv,.txt,.json,text/csv,application/json"
            onChange={(event) => {
              void take(event.currentTarget.files?.[0])
              event.currentTarget.value = ''
            }}
          />
        </label>
      </Show>
      <Show when={trouble()?.code === 'too_large'}>
        <p class="notice high" role="alert">
          {words().tooLarge}
        </p>
      </Show>
      <Show when={trouble()?.code === 'too_large' ? null : trouble()}>
        {(fault) => <Trouble fault={fault()} />}
      </Show>
    </div>
  )
}

const Progress = (props: { share: number; onStop: () => void }) => {
  const copy = useCopy()
  const format = useFormat()
  const words = () => copy().sources.upload
  const said = () => words().sending(format.percent(props.share))
  return (
    <>
      <p role="status">{said()}</p>
      <progress max="1" value={props.share} aria-label={said()} />
      <button type="button" onClick={() => props.onStop()}>
        {words().stop}
      </button>
    </>
  )
}
