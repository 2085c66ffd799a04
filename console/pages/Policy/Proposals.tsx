import { For, Show } from 'solid-js'
import type { PolicyProposal } from '#api/contract/console-policy.ts'
import { call } from '../../api.ts'
import { Moment } from '../../components/Time.tsx'
import { useCopy } from '../../copy/index.ts'
import { useMay, useSession } from '../../session.tsx'
import { Changes } from './Changes.tsx'
import { Reasoned } from '../../components/Reasoned.tsx'

/** Changes that weaken and wait for a second admin. */
export const Proposals = (props: { proposals: readonly PolicyProposal[]; onDone: () => void }) => {
  const copy = useCopy()
  return (
    <section aria-labelledby="policy-proposals" class="policy-stack">
      <h2 id="policy-proposals">{copy().policy.proposals.title}</h2>
      {/* By id: the page reads itself anew while an admin types a reason. */}
      <For each={props.proposals.map(({ id }) => id)}>
        {(id) => (
          <Show when={props.proposals.find((one) => one.id === id)}>
            {(proposal) => <Proposal proposal={proposal()} onDone={() => props.onDone()} />}
          </Show>
        )}
      </For>
    </section>
  )
}

const decide =
  (proposalId: string, decision: 'accept' | 'decline' | 'withdraw') => (reason: string, key: string) =>
    call('console.decideProposal', { params: { proposalId }, body: { decision, reason } }, { key })

const Proposal = (props: { proposal: PolicyProposal; onDone: () => void }) => {
  const copy = useCopy()
  const session = useSession()
  const may = useMay()
  const words = () => copy().policy.proposals
  const isOwn = () => props.proposal.proposedBy.id === session().staff.id
  const actions = () => {
    if (isOwn()) return [{ word: words().withdraw, act: decide(props.proposal.id, 'withdraw') }]
    const decline = { word: words().decline, act: decide(props.proposal.id, 'decline') }
    return props.proposal.isOutdated
      ? [decline]
      : [{ word: words().accept, act: decide(props.proposal.id, 'accept'), isMain: true }, decline]
  }
  return (
    <article class="card policy-section">
      <h3>{words().by(props.proposal.proposedBy.name)}</h3>
      <p class="muted">
        <Moment at={props.proposal.proposedAt} />, {words().expires} <Moment at={props.proposal.expiresAt} />
      </p>
      <p class="break">{props.proposal.reason}</p>
      <Show when={props.proposal.isOutdated}>
        <p class="notice elevated">{words().outdated}</p>
      </Show>
      <Changes changes={props.proposal.changes} weakened={props.proposal.weakened} />
      <Show when={may('policy.write')}>
        <p class="muted">{isOwn() ? words().own : words().delay}</p>
        <Reasoned label={words().reason} actions={actions()} onDone={() => props.onDone()} />
      </Show>
    </article>
  )
}
