import { createEffect, createMemo, createSignal, For, on, Show } from 'solid-js'
import type { Transcript as Data, VerificationPanel as Panel } from '#api/contract/console-verifications.ts'
import { verdicts } from '#domain/questions/plan.ts'
import { call, faultOf } from '../../api.ts'
import { useCopy } from '../../copy/index.ts'
import { duration } from '../../lib/time.ts'
import { useFormat } from '../../lib/format.ts'
import { useMay } from '../../session.tsx'
import type { Fault } from '../../copy/sentences.ts'

type Answered = Pick<Panel, 'verdicts'> & {
  readonly row: Pick<Panel['row'], 'id'>
  readonly progress: Pick<Panel['progress'], 'route'>
}

/** Counts for everybody; questions and replies only on opening, since each opening is recorded. */
export const Transcript = (props: { panel: Answered }) => {
  const copy = useCopy()
  const may = useMay()
  const format = useFormat()
  const [data, setData] = createSignal<Data | null>(null)
  const [trouble, setTrouble] = createSignal<Fault | null>(null)
  // Stays while the same case is fetched again: each opening is recorded, and is one.
  const id = createMemo(() => props.panel.row.id)
  createEffect(on(id, () => setData(null), { defer: true }))
  const none = () =>
    props.panel.progress.route === 'second_contact' ? copy().panel.otherRoute : copy().panel.noAnswers
  const counted = () =>
    verdicts
      .map((verdict) => [props.panel.verdicts[verdict], copy().verdicts[verdict]] as const)
      .filter(([count]) => count > 0)
      .map(([count, word]) => `${format.whole(count)} ${word}`)
      .join(' · ')
  const open = async () => {
    try {
      setData(await call('console.transcript', { params: { verificationId: props.panel.row.id } }))
      setTrouble(null)
    } catch (error) {
      setTrouble(faultOf(error))
    }
  }
  return (
    <section aria-label={copy().panel.answers}>
      <h3>{copy().panel.answers}</h3>
      <Show when={counted() !== ''} fallback={<p class="muted">{none()}</p>}>
        <p>{counted()}</p>
        <Show when={may('transcripts.read') && data() === null}>
          <button type="button" class="quiet no-print" onClick={() => void open()}>
            {copy().panel.openTranscript}
          </button>
          <span class="muted small no-print"> {copy().panel.recorded}</span>
        </Show>
        <Show when={trouble()}>{(fault) => <p class="error">{copy().problem(fault())}</p>}</Show>
        <Show when={data()}>{(transcript) => <Entries entries={transcript().entries} />}</Show>
      </Show>
    </section>
  )
}

const Entries = (props: { entries: Data['entries'] }) => {
  const copy = useCopy()
  const format = useFormat()
  return (
    <table class="plain">
      <thead>
        <tr>
          <th scope="col">{copy().panel.question}</th>
          <th scope="col">{copy().panel.reply}</th>
          <th scope="col">{copy().panel.verdict}</th>
          <th scope="col" class="number">
            {copy().panel.time}
          </th>
        </tr>
      </thead>
      <tbody>
        <For each={props.entries}>
          {(entry) => (
            <tr>
              <td>{copy().sentence(entry.prompt)}</td>
              <td>{entry.reply === null ? copy().panel.noReply : format.option(entry.reply)}</td>
              <td>
                {copy().verdicts[entry.verdict]}
                <Show when={entry.timedOut}> ({copy().panel.timedOut})</Show>
                <Show when={entry.extensions > 0}>
                  {' '}
                  <span class="muted">({copy().panel.extended(entry.extensions)})</span>
                </Show>
              </td>
              <td class="number">{duration(entry.seconds)}</td>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  )
}
