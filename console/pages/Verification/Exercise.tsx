import { Show } from 'solid-js'
import type { VerificationPanel as Panel } from '#api/contract/console-verifications.ts'
import { call } from '../../api.ts'
import { Moment } from '../../components/Time.tsx'
import { useCopy } from '../../copy/index.ts'
import '../Policy/policy.css'
import { Reasoned } from '../../components/Reasoned.tsx'

/** Says if the organisation's own testers played this case (red team); that changes nothing about it. */
export const Exercise = (props: { panel: Panel; onChanged: () => void }) => {
  const copy = useCopy()
  const words = () => copy().calibration.exercise
  const isExercise = () => props.panel.exercise?.isExercise === true
  const mark = (reason: string, key: string) =>
    call(
      'console.exercise',
      { params: { verificationId: props.panel.row.id }, body: { isExercise: !isExercise(), reason } },
      { key },
    )
  return (
    <>
      <Show when={props.panel.exercise}>
        {(exercise) => (
          <p>
            <strong>{isExercise() ? words().marked : words().unmarked}</strong> · <q>{exercise().reason}</q> ·{' '}
            <span class="muted">
              {exercise().byName}, <Moment at={exercise().at} />
            </span>
          </p>
        )}
      </Show>
      <Show when={props.panel.actions.exercise.allowed}>
        <details class="no-print">
          <summary>{isExercise() ? words().unmark : words().mark}</summary>
          <Reasoned
            label={words().reason}
            actions={[{ word: isExercise() ? words().unmark : words().mark, act: mark }]}
            onDone={() => props.onChanged()}
          />
        </details>
      </Show>
    </>
  )
}
