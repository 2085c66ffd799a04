/** A verification step by step, as agent and participant would play it over the port. */
import { randomUUID } from 'node:crypto'
import type { Policy } from '#domain/policy/policy.ts'
import { workflowId, type DecisionAnswer, type VerificationInput } from '#workflows/messages.ts'
import type { Reply } from '#platform/temporal/temporal.ts'
import { createPortal, inputFor, makeCase, type CaseOptions, type TestCase } from './case.ts'
import type { TestWorld } from './test-world.ts'
import { until } from './until.ts'

/** No question is asked, and neither a score nor a browser that sends no report asks for more: the shortest path. */
export const plainPolicy = (policy: Policy): Policy => ({
  ...policy,
  questions: { ...policy.questions, enabled: false },
  score: {
    ...policy.score,
    moreEvidenceFrom: 10,
    escalateFrom: 11,
    checks: { ...policy.score.checks, END_NO_TELEMETRY: { mode: 'shadow' } },
  },
})

/** One kind of evidence is enough for factors too, so that a story is short; what the defaults ask for is tested beside it. */
export const oneKind = (policy: Policy): Policy => {
  const plain = plainPolicy(policy)
  const { standard } = plain.rules.password_reset
  return { ...plain, rules: { ...plain.rules, mfa_reset: { ...plain.rules.mfa_reset, standard } } }
}

/** Makes an organisation and opens a verification in it. */
export const openPlay = async (
  world: TestWorld,
  change: Partial<VerificationInput> = {},
  options: CaseOptions = {},
) => {
  const of = await makeCase(world.database.owner, world.keys, { policy: plainPolicy, ...options })
  return openIn(world, of, change)
}

/** Opens a further verification in an organisation. */
export const openIn = async (world: TestWorld, of: TestCase, change: Partial<VerificationInput> = {}) => {
  const input = inputFor(of, change)
  const ref = { tenantId: of.tenantId, verificationId: input.verificationId }
  const requestId = randomUUID()
  const opened = await world.verifications.open(input, { requestId })
  const portal = createPortal(world.database.api, world.keys, of, ref.verificationId)
  const recipient = input.channel === 'sms' ? of.phone : of.email

  const row = async (table = 'verifications'): Promise<Record<string, unknown>> => {
    const column = table === 'verifications' ? 'id' : 'verification_id'
    const sql = `select * from ${table} where ${column} = $1 order by 1 limit 1`
    return (await world.database.owner.one<Record<string, unknown>>(sql, [ref.verificationId])) ?? {}
  }
  const rows = (sql: string): Promise<Record<string, unknown>[]> =>
    world.database.owner.query<Record<string, unknown>>(sql, [ref.verificationId])
  let answered: Reply<DecisionAnswer> | null = null
  /** Waits for a state; a state that does not come is named with the last one that was seen, and the last decision's answer. */
  const comesTo = async (state: string, table?: 'actions'): Promise<void> => {
    let seen: unknown
    const holds = async () => (seen = (await row(table))['state']) === state
    await until(
      holds,
      60_000,
      () => `${table ?? 'the case'}: ${String(seen)}, not ${state}; ${JSON.stringify(answered)}`,
    )
  }
  const reaches = (state: string): Promise<void> => comesTo(state)
  const acts = (state: string): Promise<void> => comesTo(state, 'actions')
  /** Until a workflow of the case has ended: its last row is written a moment before. */
  const ends = (id = workflowId(of.tenantId, 'verification', input.verificationId)): Promise<void> =>
    until(
      async () => (await world.temporal.client.workflow.getHandle(id).describe()).status.name !== 'RUNNING',
    )
  /** The newest portal session. */
  const session = async (): Promise<string> =>
    String(
      (
        await rows(
          `select id from portal_sessions where verification_id = $1 order by started_at desc limit 1`,
        )
      )[0]?.['id'],
    )
  const token = (): string => world.messenger.tokenFor(recipient)
  /** Types the code; a page that is entered so sends its report at once. */
  const typeCode = async (typed?: string) => {
    const reply = await world.verifications.submitMatchCode(ref, await portal.typeMatchCode(token(), typed))
    if (reply.kind === 'answered' && reply.value.accepted) await portal.sendReport()
    return reply
  }
  const decide = async (
    decision: 'approved' | 'refused' = 'approved',
    actorId: string = of.agent.id,
    shown?: string,
    steppedUpAt: string | null = new Date().toISOString(),
  ): Promise<Reply<DecisionAnswer>> => {
    const screenHash = shown ?? (await portal.shown())
    answered = await world.verifications.decide(
      ref,
      {
        ...{ decision, reason: 'as the story says', screenHash, steppedUpAt },
        actor: { kind: 'agent', id: actorId },
      },
      { requestId: randomUUID() },
    )
    return answered
  }
  const complete = async (): Promise<void> => {
    await world.verifications.answersCompleted(ref, randomUUID())
    await reaches('awaiting_decision')
  }
  return {
    of,
    ref,
    input,
    requestId,
    opened,
    portal,
    row,
    rows,
    reaches,
    acts,
    ends,
    session,
    token,
    typeCode,
    complete,
    decide,
  }
}

/** Plays up to an approval, for any purpose; gives what the demo directory's account is beside the play. */
export const playToApproval = async (
  world: TestWorld,
  purpose: VerificationInput['purpose'],
  options: CaseOptions = {},
  account: string | null = null,
) => {
  const of = await makeCase(world.database.owner, world.keys, { policy: plainPolicy, ...options })
  const directoryId = of.person.directory_id
  if (account !== null)
    await world.database.owner.run(`update directory_accounts set ${account} where directory_id = $1`, [
      directoryId,
    ])
  const play = await openIn(world, of, { purpose })
  await play.typeCode()
  await play.complete()
  await play.decide()
  const accountNow = async () =>
    (await world.database.owner.one<Record<string, unknown>>(
      `select version::integer, state, failed_tries, enrolment_hash, sessions_ended_at is not null as ended
       from directory_accounts where directory_id = $1`,
      [directoryId],
    )) ?? {}
  const resetId = async () => String((await play.row('actions'))['workflow_id'])
  return { ...play, account: accountNow, resetId }
}

/** Plays up to the granted reset; gives the reset's workflow id beside the play. */
export const playToGrant = async (world: TestWorld, options: CaseOptions = {}) => {
  const play = await openPlay(world, {}, options)
  await play.typeCode()
  await play.complete()
  await play.decide()
  await play.acts('granted')
  const resetId = String((await play.row('actions'))['workflow_id'])
  const submit = async (password: string) =>
    world.verifications.submitPassword(resetId, await play.portal.typePassword(password))
  const account = async () =>
    (await world.database.owner.one<{
      version: number
      password_hash: string
      last_operation_id: string | null
    }>(
      'select version, password_hash, last_operation_id from directory_accounts where tenant_id = $1 and directory_id = $2',
      [play.of.tenantId, play.of.person.directory_id],
    )) ?? { version: 0, password_hash: '', last_operation_id: null }
  return { ...play, resetId, submit, account }
}
