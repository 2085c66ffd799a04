import { plainLabel } from '#domain/questions/labels.ts'
import { questionAt, type QuestionPlan, type QuestionText } from '#domain/questions/plan.ts'
import { openPlan, openReply } from '#platform/server/case-inputs.ts'
import { recordEvents } from '#platform/server/db/record-events.ts'
import { inTenant } from '#platform/server/db/transaction.ts'
import { bind } from '../bind.ts'
import type { Sentence } from '../contract/common.ts'
import type { Transcript } from '../contract/console-verifications.ts'
import type { ApiDeps } from '../deps.ts'
import { bytesOf } from '../portal/portal-case.ts'
import { instant, readRaw, type RawVerification } from './panel/raw.ts'
import { actorOf } from './scope.ts'

const promptOf = (text: QuestionText | undefined): Sentence => {
  if (text === undefined) return { key: 'question.unknown', slots: {} }
  const { key, ...slots } = text
  return { key, slots: { ...slots } }
}

/** A reply in words: the chosen option as it was shown, or what was typed. */
const replyOf = (
  { keys }: Pick<ApiDeps, 'keys'>,
  tenantId: string,
  raw: RawVerification,
  plan: QuestionPlan | null,
  answer: RawVerification['answers'][number],
): string | null => {
  if (answer.reply_sealed === null) return null
  const reply = openReply(keys, tenantId, raw.verification.id, answer.position, bytesOf(answer.reply_sealed))
  if (reply.text !== null) return reply.text
  const question = plan?.route === 'questions' ? questionAt(plan, answer.position) : undefined
  if (question?.ask.form !== 'choice') return null
  const label = question.ask.options.find(({ id }) => id === reply.optionId)?.label
  if (label === undefined) return null
  return plainLabel(label)
}

const entriesOf = (deps: ApiDeps, tenantId: string, raw: RawVerification): Transcript['entries'] => {
  const plan =
    raw.plan === null
      ? null
      : openPlan(deps.keys, tenantId, raw.verification.id, bytesOf(raw.plan.plan_sealed))
  return raw.answers.map((answer) => ({
    position: answer.position,
    family: answer.family,
    prompt: promptOf(plan?.route === 'questions' ? questionAt(plan, answer.position)?.text : undefined),
    reply: replyOf(deps, tenantId, raw, plan, answer),
    verdict: answer.verdict,
    timedOut: answer.timed_out,
    seconds: answer.seconds_tenths / 10,
    extensions: answer.extensions,
    askedAt: new Date(Date.parse(instant(answer.created_at)) - answer.seconds_tenths * 100).toISOString(),
  }))
}

/** Each question, reply, verdict and time; every opening is an event (challenges.md section 10). */
export const transcript = (deps: ApiDeps) =>
  bind('console.transcript', async ({ staff, params }) => {
    const raw = await readRaw(deps, staff, params.verificationId)
    await inTenant(deps.db, staff.tenantId, (tx) =>
      recordEvents(tx, actorOf(staff), raw.verification.id, [
        {
          type: 'transcript.opened',
          object: { kind: 'verification', id: raw.verification.id },
          payload: { answers: raw.answers.length },
        },
      ]),
    )
    return { entries: entriesOf(deps, staff.tenantId, raw) }
  })
