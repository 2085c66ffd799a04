import { A } from '@solidjs/router'
import { Show } from 'solid-js'
import type { VerificationPanel as Panel } from '#api/contract/console-verifications.ts'
import { Badge, StatusBadge } from '../../components/Badges.tsx'
import { useCopy } from '../../copy/index.ts'
import { Actions } from './Actions.tsx'
import { Approvals, hasApprovals } from './Approvals.tsx'
import { Approvers } from './Approvers.tsx'
import { CaseLines } from './CaseLines.tsx'
import { Checks } from './Checks.tsx'
import { CopyAddress } from './CopyAddress.tsx'
import { DeviceAndSession } from './DeviceAndSession.tsx'
import { FeedbackAndLabels } from './FeedbackAndLabels.tsx'
import { Live } from './Live.tsx'
import { Timeline } from './Timeline.tsx'
import { Transcript } from './Transcript.tsx'
import { WaitingAction } from './WaitingAction.tsx'
import { undoneOf } from './undone.ts'
import { hasVerdict, VerdictBlock } from './VerdictBlock.tsx'
import { Why } from './Why.tsx'

/** The summary panel: the answer first, evidence below it, detail below that. Printing it gives the analysis report. */
export const VerificationPanel = (props: {
  panel: Panel
  onClose?: (() => void) | undefined
  onChanged: () => void
}) => {
  const copy = useCopy()
  const row = () => props.panel.row
  return (
    <article class="panel" aria-label={copy().panel.label}>
      <Head panel={props.panel} onClose={props.onClose} />
      <Breached panel={props.panel} />
      <Show when={hasVerdict(props.panel)} fallback={<Live panel={props.panel} />}>
        <VerdictBlock panel={props.panel} />
      </Show>
      <WaitingAction panel={props.panel} onChanged={props.onChanged} />
      <Actions panel={props.panel} onChanged={props.onChanged} />
      <Show when={hasApprovals(props.panel)}>
        <Approvals panel={props.panel} />
      </Show>
      <Show when={props.panel.approvers.length > 0}>
        <Approvers approvers={props.panel.approvers} />
      </Show>
      <Show when={row().state !== 'closed' && hasVerdict(props.panel)}>
        <Live panel={props.panel} />
      </Show>
      <Show when={props.panel.score}>{(score) => <Why score={score()} />}</Show>
      <Transcript panel={props.panel} />
      <Show when={props.panel.checks}>{(checks) => <Checks panel={props.panel} checks={checks()} />}</Show>
      <DeviceAndSession panel={props.panel} />
      <Timeline panel={props.panel} />
      <FeedbackAndLabels panel={props.panel} onChanged={props.onChanged} />
      <Foot panel={props.panel} />
    </article>
  )
}

/** The newest page or session that was in other hands, and what to do about it: before anything else. */
const Breached = (props: { panel: Panel }) => {
  const copy = useCopy()
  const slots = () =>
    props.panel.timeline.findLast(({ event }) => event.key === 'event.session.breached')?.event.slots
  return (
    <Show when={slots()}>
      {(said) => (
        <p class="notice elevated" role="alert">
          {copy().sentence({ key: `breach.${String(said()['breach'])}`, slots: said() })}
        </p>
      )}
    </Show>
  )
}

const Head = (props: { panel: Panel; onClose?: (() => void) | undefined }) => {
  const copy = useCopy()
  const row = () => props.panel.row
  return (
    <header class="panel-head">
      <div>
        <p class="print-only muted">{copy().panel.report} · Countersign</p>
        <h2>
          <A href={`/people/${props.panel.participant.id}`}>{props.panel.participant.name}</A>
          <Show when={undoneOf(copy(), props.panel)} fallback={<StatusBadge row={row()} />}>
            {(undone) => <Badge mark={undone().mark} tone={undone().tone} word={undone().badge} />}
          </Show>
        </h2>
        <CaseLines case={props.panel} />
      </div>
      <div class="tools no-print">
        <CopyAddress verificationId={row().id} />
        <button type="button" onClick={() => print()}>
          {copy().panel.print}
        </button>
        <Show when={props.onClose}>
          {(close) => (
            <button type="button" onClick={() => close()()}>
              {copy().close}
            </button>
          )}
        </Show>
      </div>
    </header>
  )
}

const Foot = (props: { panel: Panel }) => {
  const copy = useCopy()
  return (
    <footer class="muted small">
      {copy().panel.versions(props.panel.versions.policy, props.panel.versions.data)}
      <Show when={props.panel.workflowUrl}>
        {(url) => (
          <>
            {' '}
            <a class="no-print" href={url()} rel="external noreferrer" target="_blank">
              {copy().panel.workflow}
            </a>
          </>
        )}
      </Show>
      <p>
        {copy().panel.attribution}{' '}
        <a href="https://db-ip.com" rel="external noreferrer" target="_blank">
          DB-IP
        </a>
        , Route Views (routeviews.org), NRO (nro.net). CC BY 4.0.
      </p>
    </footer>
  )
}
