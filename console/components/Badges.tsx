import { Show } from 'solid-js'
import type { VerificationRow } from '#api/contract/console-verifications.ts'
import { useCopy } from '../copy/index.ts'

const shapes: Readonly<Record<string, { mark: string; tone: string }>> = {
  passed: { mark: '●', tone: 'low' },
  failed: { mark: '■', tone: 'high' },
  reported: { mark: '▲', tone: 'high' },
  timed_out: { mark: '◷', tone: 'muted' },
  not_enough_questions: { mark: '◇', tone: 'guarded' },
  cancelled: { mark: '–', tone: 'muted' },
  undelivered: { mark: '×', tone: 'elevated' },
}

/** Outcome, or the state while there is none: shape, word and colour. */
export const StatusBadge = (props: { row: Pick<VerificationRow, 'outcome' | 'state'> }) => {
  const copy = useCopy()
  const look = () => shapes[props.row.outcome ?? ''] ?? { mark: '○', tone: 'accent' }
  const word = () => (props.row.outcome ? copy().outcomes[props.row.outcome] : copy().states[props.row.state])
  return (
    <span class={`status ${look().tone}`}>
      <span aria-hidden="true">{look().mark}</span> {word()}
    </span>
  )
}

/** The band as a word with its colour; with the number and a bar for those who may see scores. */
export const Risk = (props: { row: Pick<VerificationRow, 'risk' | 'band'> }) => {
  const copy = useCopy()
  return (
    <Show when={props.row.band} fallback={<span class="muted">–</span>}>
      {(band) => (
        <span class={`risk ${band()}`}>
          <Show when={props.row.risk !== null} fallback={copy().bands[band()]}>
            <meter min="0" max="10" value={props.row.risk ?? 0} aria-hidden="true" />
            <span class="number" title={copy().bands[band()]}>
              {(props.row.risk ?? 0).toFixed(1)}
            </span>
          </Show>
        </span>
      )}
    </Show>
  )
}
