import { Show } from 'solid-js'
import type { VerificationPanel as Panel } from '#api/contract/console-verifications.ts'
import { Moment } from '../../components/Time.tsx'
import { useCopy } from '../../copy/index.ts'

/** The parts of a case that its head names; a second look has no others. */
type Case = Pick<Panel, 'participant' | 'contactLabel'> & {
  readonly row: Pick<
    Panel['row'],
    'purpose' | 'ticket' | 'startedAt' | 'referrer' | 'channel' | 'contactMasked'
  >
}

/** The lines below the name: what for and when, by whom and to which contact, and where the person works. */
export const CaseLines = (props: { case: Case }) => {
  const copy = useCopy()
  const row = () => props.case.row
  const person = () => props.case.participant
  return (
    <>
      <p class="muted">
        {copy().purposes[row().purpose]} · {row().ticket ?? copy().panel.noTicket} ·{' '}
        <Moment at={row().startedAt} />
      </p>
      <p class="muted">
        {copy().columns.referrer}: {row().referrer.name} · {copy().channels[row().channel]}{' '}
        <span class="mono">{row().contactMasked}</span>
        <Show when={props.case.contactLabel}>
          {(label) => <> ({copy().contactLabels[label()] ?? label()})</>}
        </Show>
      </p>
      <p class="muted">
        {[person().title, person().department, person().office].filter(Boolean).join(' · ')}
      </p>
    </>
  )
}
