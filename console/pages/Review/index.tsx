import { A } from '@solidjs/router'
import { createSignal, onMount, Show } from 'solid-js'
import type { Review } from '#api/contract/console-review.ts'
import type { VerificationPanel as Panel } from '#api/contract/console-verifications.ts'
import type { StaffLabel } from '#domain/risk/calibration/case.ts'
import { call, faultOf } from '../../api.ts'
import { Risk, StatusBadge } from '../../components/Badges.tsx'
import { Loading } from '../../components/Loading.tsx'
import { Reasoned } from '../../components/Reasoned.tsx'
import { Trouble } from '../../components/Trouble.tsx'
import { useCopy } from '../../copy/index.ts'
import type { Fault } from '../../copy/sentences.ts'
import { Approvers } from '../Verification/Approvers.tsx'
import { CaseLines } from '../Verification/CaseLines.tsx'
import { DeviceAndSession } from '../Verification/DeviceAndSession.tsx'
import { Timeline } from '../Verification/Timeline.tsx'
import { Transcript } from '../Verification/Transcript.tsx'

type Case = NonNullable<Review['next']>
/** A case that was labelled here just now, with what was hidden until then. */
type Labelled = { readonly label: StaffLabel; readonly panel: Panel }

/** The labels of somebody who does not see how the case ended. */
const labels = ['genuine', 'suspicious', 'unsure'] as const

/** Shows one case of the random sample after the other, its score and decision hidden until it has a label. */
export const ReviewPage = () => {
  const copy = useCopy()
  const [review, setReview] = createSignal<Review | null>(null)
  const [labelled, setLabelled] = createSignal<Labelled | null>(null)
  const [trouble, setTrouble] = createSignal<Fault | null>(null)
  const load = async () => {
    try {
      const loaded = await call('console.review', {})
      setLabelled(null)
      setReview(loaded)
      setTrouble(null)
    } catch (error) {
      setTrouble(faultOf(error))
    }
  }
  onMount(() => void load())
  const give = async (id: string, label: StaffLabel, reason: string, key: string) => {
    const params = { verificationId: id }
    await call('console.label', { params, body: { label, reason, basis: 'review' } }, { key })
    setLabelled({ label, panel: await call('console.verification', { params }) })
  }
  return (
    <div class="page narrow">
      <h1>
        {copy().review.title}{' '}
        <Show when={review()}>
          {(shown) => <span class="count">{shown().waiting - (labelled() === null ? 0 : 1)}</span>}
        </Show>
      </h1>
      <p class="muted">{copy().review.story}</p>
      <Show when={trouble()}>{(fault) => <Trouble fault={fault()} onRetry={() => void load()} />}</Show>
      <Show when={review()} fallback={<Loading when={trouble() === null} />}>
        {(shown) => (
          <Show when={labelled()} fallback={<Next review={shown()} onLabel={give} />}>
            {(done) => <Result labelled={done()} onNext={() => void load()} />}
          </Show>
        )}
      </Show>
    </div>
  )
}

const Next = (props: {
  review: Review
  onLabel: (id: string, label: StaffLabel, reason: string, key: string) => Promise<void>
}) => {
  const copy = useCopy()
  return (
    <Show when={props.review.next} fallback={<p class="card">{copy().review.none}</p>} keyed>
      {(one) => (
        <article class="panel" aria-label={copy().panel.label}>
          <Head case={one} />
          <Show when={one.approvers.length > 0}>
            <Approvers approvers={one.approvers} />
          </Show>
          <Transcript panel={one} />
          <DeviceAndSession panel={one} />
          <Timeline panel={one} />
          <section aria-label={copy().panel.labelName}>
            <h3>{copy().review.question}</h3>
            <Reasoned
              label={copy().panel.labelReason}
              actions={labels.map((label) => ({
                word: copy().labels[label],
                act: (reason, key) => props.onLabel(one.row.id, label, reason, key),
              }))}
              onDone={() => undefined}
            />
          </section>
        </article>
      )}
    </Show>
  )
}

const Head = (props: { case: Case }) => (
  <header class="panel-head">
    <div>
      <h2>
        <A href={`/people/${props.case.participant.id}`}>{props.case.participant.name}</A>
      </h2>
      <CaseLines case={props.case} />
    </div>
  </header>
)

const Result = (props: { labelled: Labelled; onNext: () => void }) => {
  const copy = useCopy()
  const row = () => props.labelled.panel.row
  return (
    <section class="card" aria-label={copy().review.result}>
      <h2>{copy().review.result}</h2>
      <p role="status">
        {copy().review.said(copy().labels[props.labelled.label])} <StatusBadge row={row()} />{' '}
        <Risk row={row()} />
      </p>
      <div class="tools">
        <A href={`/verifications/${row().id}`}>{copy().review.open}</A>
        <button
          type="button"
          class="main"
          ref={(button) => setTimeout(() => button.focus())}
          onClick={() => props.onNext()}
        >
          {copy().review.next}
        </button>
      </div>
    </section>
  )
}
