import { createEffect, createSignal, on, Show } from 'solid-js'
import type { VerificationPanel as Panel } from '#api/contract/console-verifications.ts'
import { Dialog } from '#platform/ui/Dialog.tsx'
import { codeOf, newKey } from '../../api.ts'
import { useCopy } from '../../copy/index.ts'
import { perform, type Verb } from './perform.ts'

/** What needs no reason: it decides nothing. */
const reasonless: ReadonlySet<Verb> = new Set<Verb>(['resend', 'askApprover'])

type Props = { verb: Verb; panel: Panel; onClose: () => void; onDone: () => void }

/** Asks before it acts: what will happen, and why one does it. */
export const Confirm = (props: Props) => {
  const copy = useCopy()
  const [reason, setReason] = createSignal('')
  const [trouble, setTrouble] = createSignal<string | null>(null)
  const [isWorking, setWorking] = createSignal(false)
  let key = newKey()
  // Another reason is another intention: the same key with another body is refused.
  createEffect(on(reason, () => (key = newKey())))
  const submit = async (event: Event) => {
    event.preventDefault()
    setWorking(true)
    try {
      await perform(props.verb, props.panel, reason().trim(), key)
      props.onDone()
    } catch (error) {
      setTrouble(codeOf(error))
    } finally {
      setWorking(false)
    }
  }
  return (
    <Dialog title={copy().confirm[props.verb].title} onClose={() => props.onClose()}>
      <form onSubmit={(event) => void submit(event)}>
        <Story verb={props.verb} panel={props.panel} />
        <Show when={!reasonless.has(props.verb)}>
          <label>
            {copy().confirm.reason}
            <textarea
              rows="2"
              required
              maxlength="500"
              value={reason()}
              onInput={(event) => setReason(event.currentTarget.value)}
            />
          </label>
        </Show>
        <Show when={trouble()}>
          {(code) => (
            <p class="error" role="alert">
              {copy().problem(code())}
            </p>
          )}
        </Show>
        <div class="tools">
          <button type="button" onClick={() => props.onClose()}>
            {copy().confirm.back}
          </button>
          <button class="main" disabled={isWorking()}>
            {copy().confirm[props.verb].action}
          </button>
        </div>
      </form>
    </Dialog>
  )
}

const isWaiting = ({ approvers }: Panel): boolean => approvers.some(({ answer }) => answer === 'waiting')

const Story = (props: Pick<Props, 'verb' | 'panel'>) => {
  const copy = useCopy()
  const story = () => {
    const { participant, row, nextApprover } = props.panel
    if (props.verb === 'askApprover' && nextApprover !== null) {
      const { whom, storyOf, replaces } = copy().confirm.askApprover
      const name = nextApprover.name === null ? '' : ` (${nextApprover.name})`
      const story = storyOf(`${whom[nextApprover.relation]}${name}`, participant.name)
      return isWaiting(props.panel) ? `${story} ${replaces}` : story
    }
    // Only a password reset goes on after the approval.
    if (props.verb === 'approve' && row.purpose !== 'password_reset')
      return copy().confirm.approve.storyOnly(participant.name)
    return copy().confirm[props.verb].story(participant.name, row.contactMasked)
  }
  return <p>{story()}</p>
}
