import { Show } from 'solid-js'
import type { VerificationRow } from '#api/contract/console-verifications.ts'
import { useCopy } from '../copy/index.ts'
import { useFormat } from '../lib/format.ts'

type Look = { readonly mark: string; readonly tone: string }

const looks: Readonly<Record<NonNullable<VerificationRow['outcome']>, Look>> = {
  passed: { mark: '●', tone: 'low' },
  failed: { mark: '■', tone: 'high' },
  reported: { mark: '▲', tone: 'high' },
  timed_out: { mark: '◷', tone: 'muted' },
  not_enough_questions: { mark: '◇', tone: 'guarded' },
  cancelled: { mark: '–', tone: 'muted' },
  undelivered: { mark: '×', tone: 'elevated' },
}
const waiting: Look = { mark: '◆', tone: 'accent' }
const running: Look = { mark: '○', tone: 'muted' }

/** Shape, word and colour, so that none of them is needed. */
export const Badge = (props: { mark: string; tone: string; word: string }) => (
  <span class={`status ${props.tone}`}>
    <span class="shape" aria-hidden="true">
      {props.mark}
    </span>
    {props.word}
  </span>
)

/** Outcome, or the state while there is none: shape, word and colour. */
export const StatusBadge = (props: { row: Pick<VerificationRow, 'outcome' | 'state'> }) => {
  const copy = useCopy()
  const look = (): Look => {
    if (props.row.outcome !== null) return looks[props.row.outcome]
    // The link did not arrive: it waits for the agent, as a decision does.
    if (props.row.state === 'undelivered') return looks.undelivered
    return props.row.state === 'awaiting_decision' ? waiting : running
  }
  const word = () => (props.row.outcome ? copy().outcomes[props.row.outcome] : copy().states[props.row.state])
  return <Badge mark={look().mark} tone={look().tone} word={word()} />
}

/** A bar for a value from 0 to 10, in the colour of its surroundings. Decoration: the number is beside it. */
export const Level = (props: { value: number }) => (
  <svg class="level" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
    <rect class="track" width="100" height="8" />
    <rect width={Math.min(10, Math.max(0, props.value)) * 10} height="8" fill="currentColor" />
  </svg>
)

/** The band as a word with its colour; with the number and a bar for those who may see scores. */
export const Risk = (props: { row: Pick<VerificationRow, 'risk' | 'band'> }) => {
  const copy = useCopy()
  const format = useFormat()
  return (
    <Show when={props.row.band} fallback={<span class="muted">–</span>}>
      {(band) => (
        <span class={`risk ${band()}`} title={copy().bands[band()]}>
          <Show when={props.row.risk !== null} fallback={copy().bands[band()]}>
            <Level value={props.row.risk ?? 0} />
            <span class="number">{format.tenths(props.row.risk ?? 0)}</span>
            <span class="sr">{copy().bands[band()]}</span>
          </Show>
        </span>
      )}
    </Show>
  )
}
