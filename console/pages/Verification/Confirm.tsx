import type { VerificationPanel as Panel } from '#api/contract/console-verifications.ts'
import { Dialog } from '#platform/ui/Dialog.tsx'
import { Reasoned } from '../../components/Reasoned.tsx'
import { useCopy, type Copy } from '../../copy/index.ts'
import { perform, type Verb } from './perform.ts'

/** These acts need no reason: they decide nothing. */
const reasonless: ReadonlySet<Verb> = new Set<Verb>(['resend', 'askApprover'])

type Props = { verb: Verb; panel: Panel; onClose: () => void; onDone: () => void }

/** Asks before it acts: what will happen, and why one does it. */
export const Confirm = (props: Props) => {
  const copy = useCopy()
  const words = () => twoPersonWords(copy(), props) ?? copy().confirm[props.verb]
  return (
    <Dialog title={words().title} onClose={() => props.onClose()}>
      <Reasoned
        label={reasonless.has(props.verb) ? null : copy().confirm.reason}
        actions={[
          {
            word: words().action,
            isMain: true,
            act: (reason, key) => perform(props.verb, props.panel, reason, key),
          },
        ]}
        onBack={() => props.onClose()}
        onDone={() => props.onDone()}
      >
        <Story verb={props.verb} panel={props.panel} />
      </Reasoned>
    </Dialog>
  )
}

/** An approval that is one of two says so. */
const twoPersonWords = (copy: Copy, { verb, panel }: Pick<Props, 'verb' | 'panel'>) => {
  const { gives } = panel.actions.approve
  return verb !== 'approve' || gives === null || gives === 'decision' ? null : copy.approvals.confirm[gives]
}

const storyOfTwo = (copy: Copy, { panel }: Pick<Props, 'panel'>): string | null => {
  const { first, second } = copy.approvals.confirm
  const { name } = panel.participant
  const { gives } = panel.actions.approve
  if (gives === 'first') return first.story(name)
  const by = panel.approval.given.find(({ state }) => state === 'waiting')?.byName
  return gives === 'second' ? second.story(name, by ?? '') : null
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
    const ofTwo = props.verb === 'approve' ? storyOfTwo(copy(), props) : null
    if (ofTwo !== null) return ofTwo
    if (props.verb === 'approve') return copy().approves[row.purpose](participant.name)
    return copy().confirm[props.verb].story(participant.name, row.contactMasked)
  }
  return <p>{story()}</p>
}
