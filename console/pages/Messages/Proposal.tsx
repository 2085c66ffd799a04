import { createUniqueId, Show } from 'solid-js'
import type { MessageTemplate, MessageTextVersion } from '#api/contract/console-messages.ts'
import { call } from '../../api.ts'
import { Reasoned } from '../../components/Reasoned.tsx'
import { Moment } from '../../components/Time.tsx'
import { useCopy } from '../../copy/index.ts'
import { useMay, useSession } from '../../session.tsx'
import { Preview } from './Preview.tsx'

type Props = {
  template: MessageTemplate
  proposal: MessageTextVersion
  onDone: (said: string) => void
}

/** Words that wait for a second admin, as they would arrive; who proposed them takes them back, another one decides. */
export const Proposal = (props: Props) => {
  const copy = useCopy()
  const may = useMay()
  const id = createUniqueId()
  return (
    <section class="card policy-section" aria-labelledby={id}>
      <h2 id={id}>{copy().messages.waits}</h2>
      <p class="muted break">
        {copy().messages.proposedBy(props.proposal.proposedBy.name)},{' '}
        <Moment at={props.proposal.proposedAt} /> · <q>{props.proposal.reason}</q>
      </p>
      <Show when={props.proposal.messageText}>
        {(messageText) => (
          <Preview
            template={props.template}
            messageText={messageText()}
            name={copy().messages.proposedPreview}
          />
        )}
      </Show>
      <Show when={may('policy.write')}>
        <Acts {...props} />
      </Show>
    </section>
  )
}

const decide =
  (textId: string, decision: 'accept' | 'decline' | 'withdraw') => (reason: string, key: string) =>
    call('console.decideText', { params: { textId }, body: { decision, reason } }, { key })

const Acts = (props: Props) => {
  const copy = useCopy()
  const session = useSession()
  const isOwn = () => props.proposal.proposedBy.id === session().staff.id
  const id = () => props.proposal.id
  return (
    <Show
      when={isOwn()}
      fallback={
        <Reasoned
          label={copy().messages.reason}
          actions={[
            { word: copy().messages.accept, act: decide(id(), 'accept'), isMain: true },
            { word: copy().messages.decline, act: decide(id(), 'decline') },
          ]}
          onDone={() => props.onDone(copy().messages.decided)}
        />
      }
    >
      <p class="muted">{copy().messages.ownProposal}</p>
      <Reasoned
        label={copy().messages.reason}
        actions={[{ word: copy().messages.withdraw, act: decide(id(), 'withdraw') }]}
        onDone={() => props.onDone(copy().messages.withdrawn)}
      />
    </Show>
  )
}
