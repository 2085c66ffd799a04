import { z } from 'zod'
import type { RefusalCode } from '#domain/refusal.ts'
import { approverDigits } from '#platform/crypto/approver-digits.ts'
import { isAnyChanged } from '#services/approvals/approver-choice.ts'
import {
  answerApproverRequest,
  answerOfInput,
  countApproverTry,
  isAsShown,
  lockApproverRequest,
  readApproverPage,
  voidApproverRequest,
  type ApproverPage,
} from '#services/approvals/approver-requests.ts'
import { readAgents } from '#services/approvals/approver-staff.ts'
import {
  endApproverSession,
  liveApproverSession,
  personOfIdentity,
} from '#services/approvals/approver-sessions.ts'
import { takeSealedInput } from '#services/verifications/codes.ts'
import { readContacts } from '#services/people/contacts.ts'
import { readPerson } from '#services/people/people.ts'
import { readPolicy } from '#services/policy/policies.ts'
import { recordEvents, uuidOf } from '#platform/database/record-events.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { sameCode } from '#platform/crypto/match-code.ts'
import { openForWorker } from '#platform/crypto/sealed-inputs.ts'
import type { ApproverSaidAnswer } from '#workflows/messages.ts'
import type { AcceptApproverAnswerInput } from '#workflows/verification/activity-types.ts'
import type { ActivityDeps } from '../ports.ts'

type Deps = Pick<ActivityDeps, 'db' | 'keys' | 'log'>

/**
 * The API sealed this for the worker: the session and the answer of the approver, and the hash of the screen that they
 * saw.
 */
const ApproverAnswer = z.strictObject({
  sessionId: z.uuid(),
  answer: z.enum(['yes', 'no', 'not_sure']),
  digits: z
    .string()
    .regex(/^\d{2}$/)
    .nullable(),
  screenHash: z.string().regex(/^[0-9a-f]{64}$/),
})
type ApproverAnswer = z.infer<typeof ApproverAnswer>

/** Judges an approver's answer: everything is looked at again, then one guarded write stores it (D4, D5, C4). */
export const createAcceptApproverAnswer =
  (deps: Deps) =>
  async (input: AcceptApproverAnswerInput): Promise<ApproverSaidAnswer> => {
    const answer = await inTenant(deps.db, input.case.tenantId, (tx) => judge(deps, tx, input))
    // An operator's alert watches for this line, as for "this was not me" (B9).
    if (answer.accepted && answer.said === 'no')
      deps.log.warn('an approver said no', { verificationId: input.case.verificationId })
    return answer
  }

const judge = async (deps: Deps, tx: Tx, input: AcceptApproverAnswerInput): Promise<ApproverSaidAnswer> => {
  const { tenantId, verificationId } = input.case
  const taken = await takeSealedInput(tx, input.inputId, verificationId, 'approver_answer')
  if (taken === undefined) {
    const known = await answerOfInput(tx, verificationId, input.inputId)
    return known === undefined ? refused('link_unusable', 0) : { accepted: true, said: known }
  }
  const place = { tenantId, verificationId, kind: 'approver_answer', row: input.inputId } as const
  const given = ApproverAnswer.parse(
    JSON.parse(openForWorker(deps.keys, place, taken.sealed).toString('utf8')),
  )
  const session = await liveApproverSession(tx, given.sessionId)
  if (session === undefined || session.verificationId !== verificationId) return refused('session_ended', 0)
  await lockApproverRequest(tx, session.requestId)
  const page = await readApproverPage(tx, session.requestId)
  const problem = await problemOf(deps, tx, given, session, page)
  if (problem !== null || page === undefined) return refused(problem ?? 'link_unusable', 0)
  if (given.answer === 'yes' && !isRight(deps, tenantId, page, given)) return wrong(tx, input, page)
  return store(tx, input, page, given)
}

const refused = (reason: RefusalCode, triesLeft: number): ApproverSaidAnswer => ({
  accepted: false,
  reason,
  triesLeft,
})

type Session = NonNullable<Awaited<ReturnType<typeof liveApproverSession>>>

/** The reason why this answer does not count, whatever it says. */
const problemOf = async (
  deps: Deps,
  tx: Tx,
  given: ApproverAnswer,
  session: Session,
  page: ApproverPage | undefined,
): Promise<RefusalCode | null> => {
  if (page === undefined || !page.isUsable || page.approverId !== session.personId) return 'link_unusable'
  const isBound = isAsShown(page) && page.screenHash.toString('hex') === given.screenHash
  if (!isBound) {
    await voidApproverRequest(tx, page.requestId, 'changed')
    return 'state_does_not_allow'
  }
  // The identity is mapped anew: who is known by it may have changed since the sign-in (F7).
  if ((await personOfIdentity(tx, session.issuer, session.subject)) !== page.approverId)
    return 'not_permitted'
  return (await isStillEligible(deps, tx, page)) ? null : 'approver_unavailable'
}

const isStillEligible = async (deps: Deps, tx: Tx, page: ApproverPage): Promise<boolean> => {
  const approver = await readPerson(tx, page.approverId)
  const policy = await readPolicy(tx, page.policyVersion)
  const contacts = await readContacts(tx, deps.keys, page.approverId)
  // An agent who handles the case by now vouches for nobody in it (D1).
  const agents = await readAgents(tx, page.verificationId, null)
  return (
    agents.every(({ personId }) => personId !== page.approverId) &&
    approver.accountState === 'active' &&
    !approver.isBlocked &&
    !approver.neverViaHelpDesk &&
    !isAnyChanged(contacts, policy, Date.now())
  )
}

const isRight = (deps: Deps, tenantId: string, page: ApproverPage, given: ApproverAnswer): boolean =>
  sameCode(given.digits ?? '', approverDigits(deps.keys, tenantId, page.requestId))

const wrong = async (
  tx: Tx,
  input: AcceptApproverAnswerInput,
  page: ApproverPage,
): Promise<ApproverSaidAnswer> => {
  await countApproverTry(tx, page.requestId)
  const triesLeft = page.triesLeft - 1
  await record(tx, input, page, 'approver.digits_wrong', { triesLeft })
  return refused(triesLeft > 0 ? 'code_wrong' : 'code_exhausted', triesLeft)
}

const store = async (
  tx: Tx,
  input: AcceptApproverAnswerInput,
  page: ApproverPage,
  given: ApproverAnswer,
): Promise<ApproverSaidAnswer> => {
  if (!(await answerApproverRequest(tx, page.requestId, given.answer, { ...given, inputId: input.inputId })))
    return refused('link_unusable', 0)
  await endApproverSession(tx, given.sessionId)
  await record(tx, input, page, 'approver.answered', { answer: given.answer })
  return { accepted: true, said: given.answer }
}

const record = (
  tx: Tx,
  input: AcceptApproverAnswerInput,
  page: ApproverPage,
  type: 'approver.answered' | 'approver.digits_wrong',
  payload: Readonly<Record<string, string | number>>,
): Promise<void> =>
  recordEvents(
    tx,
    { kind: 'approver', id: page.approverId },
    page.verificationId,
    [
      {
        type,
        object: { kind: 'verification', id: page.verificationId },
        payload: { ...payload, relation: page.relation, requestId: page.requestId },
        occurredAt: input.at,
      },
    ],
    [uuidOf(type, input.inputId)],
    'to_consoles',
  )
