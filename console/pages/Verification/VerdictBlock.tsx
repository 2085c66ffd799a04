import { Show } from 'solid-js'
import type { VerificationPanel as Panel } from '#api/contract/console-verifications.ts'
import type { Purpose } from '#domain/verification/verification.ts'
import { Level } from '../../components/Badges.tsx'
import { Quoted } from '../../components/Quoted.tsx'
import { Moment } from '../../components/Time.tsx'
import { useCopy } from '../../copy/index.ts'
import { actionWords } from '../../lib/action-words.ts'
import { useFormat } from '../../lib/format.ts'
import { undoneOf } from './undone.ts'

type Row = Panel['row']

/** A result has its own colour; before it the band, and before that none. */
const toneOf = (outcome: Row['outcome'], band: Row['band']): string => {
  if (outcome === 'passed') return 'low'
  if (outcome === 'failed' || outcome === 'reported') return 'high'
  return outcome === null ? (band ?? 'plain') : 'plain'
}

/** True if there is anything to say yet; while the case runs its steps say it all. */
export const hasVerdict = ({ row, recommendation, instruction, directoryNote, action }: Panel): boolean =>
  row.outcome !== null ||
  row.band !== null ||
  recommendation !== null ||
  instruction !== null ||
  directoryNote !== null ||
  action.state !== 'none'

/** Says in one look what the result means and what to do now. */
export const VerdictBlock = (props: { panel: Panel }) => {
  const copy = useCopy()
  const row = () => props.panel.row
  const undone = () => undoneOf(copy(), props.panel)
  const headline = () => {
    const { outcome, state } = row()
    const ended = undone()
    if (ended) return ended.words
    if (outcome) return copy().outcomes[outcome]
    const recommendation = props.panel.recommendation
    return recommendation ? copy().recommendations[recommendation] : copy().states[state]
  }
  const tone = () => undone()?.tone ?? toneOf(row().outcome, row().band)
  return (
    <section class={`verdict ${tone()}`} aria-label={copy().panel.verdict}>
      <p class="headline">
        <strong>{headline()}</strong>
        <Show when={props.panel.recommendationReasons.length > 0 && !row().outcome}>
          <span>
            : {props.panel.recommendationReasons.map((reason) => copy().sentence(reason)).join(', ')}
          </span>
        </Show>
      </p>
      <Show when={props.panel.wouldAsk.length > 0}>
        <p class="muted">
          {copy().panel.wouldAsk(props.panel.wouldAsk.map((reason) => copy().sentence(reason)).join(', '))}
        </p>
      </Show>
      <Show when={undone()}>
        <p>{copy().undone.verified}</p>
      </Show>
      <BandLine row={row()} />
      <Show when={row().state === 'closed' ? null : props.panel.instruction}>
        {(instruction) => <p class="instruction">{copy().sentence(instruction())}</p>}
      </Show>
      <Show when={props.panel.decidedBy}>
        {(by) => (
          <p class="muted">
            {copy().panel.decidedBy(copy().actorKinds[by().name] ?? by().name)} · <Moment at={by().at} />
            <Quoted before=" · " text={by().reason} />
          </p>
        )}
      </Show>
      <ActionLines action={props.panel.action} purpose={row().purpose} head={undone()?.words} />
      <DirectoryNote note={props.panel.directoryNote} />
      <Show when={row().outcome === 'passed' ? copy().whatNow[row().purpose] : undefined}>
        {(words) => <p class="instruction">{words()}</p>}
      </Show>
    </section>
  )
}

/** The band in words, with its number for those who may see scores. */
const BandLine = (props: { row: Row }) => {
  const copy = useCopy()
  const format = useFormat()
  return (
    <Show when={props.row.band}>
      {(band) => (
        <p class="band">
          <span>
            {copy().panel.risk}: <strong class={band()}>{copy().bands[band()]}</strong>
          </span>
          <Show when={props.row.risk !== null}>
            <span class={band()}>
              <Level value={props.row.risk ?? 0} />
            </span>
            <span class="number">{copy().panel.of10(format.tenths(props.row.risk ?? 0))}</span>
          </Show>
        </p>
      )}
    </Show>
  )
}

/** Says why nothing happens: the directory does not answer, or is not believed. */
const DirectoryNote = (props: { note: Panel['directoryNote'] }) => {
  const copy = useCopy()
  return (
    <Show when={props.note}>
      {(note) => (
        <p class="notice elevated" role="status">
          {copy().sentence(note())}
        </p>
      )}
    </Show>
  )
}

/** `head`: what the headline says already. */
const ActionLines = (props: { action: Panel['action']; purpose: Purpose; head: string | undefined }) => {
  const copy = useCopy()
  const words = () => actionWords(copy(), props.purpose)
  return (
    <Show when={props.action.state !== 'none'}>
      <ul class="plain">
        <li>
          <Show when={props.head !== words()[props.action.state]}>
            <strong>{words()[props.action.state]}</strong>
          </Show>
          <Show when={props.action.at}>
            {(at) => (
              <>
                <Show when={props.head !== words()[props.action.state]}> · </Show>
                <Moment at={at()} />
              </>
            )}
          </Show>
          <Show when={props.action.reason}>{(reason) => <> · {copy().sentence(reason())}</>}</Show>
        </li>
        <Show when={props.action.sessionsEnded}>
          {(ended) => <li class="muted">{copy().sessionsEnded[ended()]}</li>}
        </Show>
      </ul>
    </Show>
  )
}
