import { ruleOf } from '#domain/messages/kinds.ts'
import { problemsOfText } from '#domain/messages/message-text.ts'
import type { EventType } from '#domain/events/catalog.ts'
import { addText, decideText, readText, type TextVersion } from '#services/sending/message-texts.ts'
import { notify } from '#platform/database/notify.ts'
import { recordEvents } from '#platform/database/record-events.ts'
import { tellAdmins, type StaffNoticeKind } from '#services/staff/staff-notices.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { bind } from '../../http/bind.ts'
import type { StaffCaller } from '../../http/callers.ts'
import type { ProposeTextInput } from '../../contract/console-messages.ts'
import type { ApiDeps } from '../../deps.ts'
import { InvalidInput, Refused } from '../../http/errors.ts'
import { actorOf } from '../scope.ts'
import { requireAnother, requireLinked } from '../second-approvers/two-people.ts'
import { sampleOf, shown } from './page.ts'

type Happening = {
  readonly type: Extract<EventType, `message_text.${string}`>
  /** Null: it never was in force, so the admins get no mail. */
  readonly notice: StaffNoticeKind | null
}

/** Notifies consoles, mails all admins and writes the audit about a change of a message's words. */
const tell = async (
  tx: Tx,
  staff: StaffCaller,
  version: TextVersion,
  { type, notice }: Happening,
): Promise<void> => {
  const { id, kind, channel, language } = version
  await notify(tx, 'settings', staff.tenantId)
  if (notice !== null)
    await tellAdmins(tx, {
      kind: notice,
      // The part after the # makes it unique; the mail leaves it out.
      about: `${kind}, ${channel}, ${language}#${id}`,
      byName: staff.name,
      takesEffectAt: null,
    })
  const payload = { textId: id, kind, channel, language, proposedBy: version.proposedBy.id }
  const object = { kind: 'tenant' as const, id: staff.tenantId }
  await recordEvents(tx, actorOf(staff), null, [{ type, object, payload }])
}

const requireGood = (staff: StaffCaller, { settings }: ApiDeps, body: ProposeTextInput): void => {
  const { kind, channel, messageText } = body
  const wrong = (path: string, code: string, message: string) => ({ path, code, message })
  if (!ruleOf(kind).channels.includes(channel))
    throw new InvalidInput(422, [wrong('channel', 'not_here', 'there is no such message')])
  if (messageText === null) return
  const problems = problemsOfText(kind, channel, messageText, sampleOf(staff, settings.portalUrl, body))
  if (problems.length === 0 && (messageText.subject !== null) === (channel === 'email')) return
  const issues = problems.map(({ field, code, placeholder }) =>
    wrong(
      `messageText.${field}`,
      code,
      `not usable: ${code}${placeholder === null ? '' : ` {${placeholder}}`}`,
    ),
  )
  throw new InvalidInput(
    422,
    issues.length > 0 ? issues : [wrong('messageText.subject', 'not_here', 'an SMS has no subject')],
  )
}

const textFor = async (tx: Tx, id: string): Promise<TextVersion> => {
  const version = await readText(tx, id)
  if (version === undefined) throw new Refused('not_found')
  return version
}

const nameOf = (staff: StaffCaller) => ({ id: staff.staffId, name: staff.name })

/**
 * Proposes an own text, which is used once a second admin has accepted it (T9), or puts a message back to the standard words,
 * which is in force at once. No text can leave out what the message needs (B22).
 */
export const proposeText = (deps: ApiDeps) =>
  bind('console.proposeText', ({ staff, body, operationId: id }) => {
    requireGood(staff, deps, body)
    if (body.messageText !== null) requireLinked(staff)
    return inTenant(deps.db, staff.tenantId, async (tx) => {
      if (!(await addText(tx, { id, ...body, by: nameOf(staff) }))) throw new Refused('state_does_not_allow')
      const version = await textFor(tx, id)
      const happening =
        body.messageText === null
          ? ({ type: 'message_text.reset', notice: 'text_reset' } as const)
          : ({ type: 'message_text.proposed', notice: 'text_proposed' } as const)
      await tell(tx, staff, version, happening)
      return shown(version)
    })
  })

const happenings = {
  accept: { type: 'message_text.accepted', notice: 'text_accepted' },
  decline: { type: 'message_text.declined', notice: null },
  withdraw: { type: 'message_text.withdrawn', notice: null },
} as const

/** Another person who is an admin accepts the text, any other admin declines it; its author takes it back, and nothing else. */
export const decideOnText = ({ db }: ApiDeps) =>
  bind('console.decideText', ({ staff, params: { textId }, body: { decision } }) =>
    inTenant(db, staff.tenantId, async (tx) => {
      const before = await textFor(tx, textId)
      if (before.state !== 'proposed') throw new Refused('proposal_over')
      if ((before.proposedBy.id === staff.staffId) !== (decision === 'withdraw'))
        throw new Refused('second_person_required')
      if (decision === 'accept') await requireAnother(tx, staff, [before.proposedBy.id])
      const isDone = await decideText(tx, textId, { by: nameOf(staff), isAccepted: decision === 'accept' })
      if (!isDone) throw new Refused('proposal_over')
      const version = await textFor(tx, textId)
      await tell(tx, staff, version, happenings[decision])
      return shown(version)
    }),
  )
