import { replyLabel } from '#domain/questions/grading/labels.ts'
import { questionAt, type PlannedQuestion, type QuestionText } from '#domain/questions/plan.ts'
import { openPlan, openReply } from '#platform/crypto/case-inputs.ts'
import { recordEvents } from '#platform/database/record-events.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { bind } from '../../http/bind.ts'
import type { Sentence } from '../../contract/common.ts'
import type { Transcript } from '../../contract/console-verifications.ts'
import type { ApiDeps } from '../../deps.ts'
import { bytesOf } from '../../portal/portal-case.ts'
import { instant, readRaw, type RawVerification } from './panel/raw.ts'
import { actorOf } from '../scope.ts'

const promptOf = (text: QuestionText | undefined): Sentence => {
  if (text === undefined) return { key: 'question.unknown', slots: {} }
  const { key, ...slots } = text
  const known = Object.entries(slots).filter(([, value]) => value !== null)
  return { key, slots: Object.fromEntries(known) }
}

/** A reply as it was given; what was typed to a question that the plan no longer holds is text. */
const replyOf = (
  { keys }: Pick<ApiDeps, 'keys'>,
  tenantId: string,
  raw: RawVerification,
  question: PlannedQuestion | undefined,
  answer: RawVerification['answers'][number],
): Transcript['entries'][number]['reply'] => {
  if (answer.reply_sealed === null) return null
  const reply = openReply(keys, tenantId, raw.verification.id, answer.position, bytesOf(answer.reply_sealed))
  if (question !== undefined) return replyLabel(question.ask, reply)
  return reply.text === null ? null : { kind: 'text', text: reply.text }
}

const entriesOf = (deps: ApiDeps, tenantId: string, raw: RawVerification): Transcript['entries'] => {
  const plan =
    raw.plan === null
      ? null
      : openPlan(deps.keys, tenantId, raw.verification.id, bytesOf(raw.plan.plan_sealed))
  return raw.answers.map((answer) => {
    const question = plan?.route === 'questions' ? questionAt(plan, answer.position) : undefined
    return {
      position: answer.position,
      family: answer.family,
      prompt: promptOf(question?.text),
      reply: replyOf(deps, tenantId, raw, question, answer),
      verdict: answer.verdict,
      timedOut: answer.timed_out,
      seconds: answer.seconds_tenths / 10,
      extensions: answer.extensions,
      askedAt: new Date(Date.parse(instant(answer.created_at)) - answer.seconds_tenths * 100).toISOString(),
    }
  })
}

/** Each question, reply, verdict and time; every opening is an event. */
export const transcript = (deps: ApiDeps) =>
  bind('console.transcript', async ({ staff, params }) => {
    const raw = await inTenant(deps.db, staff.tenantId, async (tx) => {
      const found = await readRaw(tx, staff, params.verificationId)
      const { id } = found.verification
      await recordEvents(tx, actorOf(staff), id, [
        {
          type: 'transcript.opened',
          object: { kind: 'verification', id },
          payload: { answers: found.answers.length },
        },
      ])
      return found
    })
    return { entries: entriesOf(deps, staff.tenantId, raw) }
  })
