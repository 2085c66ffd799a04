import { randomUUID } from 'node:crypto'
import type { QuestionPlan } from '#domain/questions/plan.ts'
import { sealPlan } from '#platform/crypto/case-inputs.ts'
import { insertRow } from '#platform/database/testing/factories.ts'
import type { Queryable } from '#platform/database/transaction.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import { matchCode } from '#platform/crypto/match-code.ts'
import { newToken, tokenHash } from '#platform/crypto/sealing.ts'
import { tokenMark } from '#platform/crypto/token-mark.ts'
import { openTypedCode, type TypedCode } from '#services/verifications/typed-code.ts'
import type { Reply, Verifications } from '#platform/temporal/temporal.ts'
import type { DirectorySearchAnswer } from '#workflows/directory-search/activity-types.ts'
import type { MatchCodeAnswer } from '#workflows/messages.ts'

type Call = { readonly name: keyof Verifications; readonly args: readonly unknown[] }

/**
 * Stands in for Temporal and the worker: keeps what it was asked, and does what the worker would do to the rows that
 * the API then reads. `answers` overrides what a call comes to.
 */
export type FakeVerifications = Verifications & {
  readonly calls: Call[]
  answers: Partial<Record<keyof Verifications, () => Reply<never>>>
  /** Plan that the next accepted code fixes. */
  plan: QuestionPlan
  /** The answer of a search in the directories. */
  searched: DirectorySearchAnswer
  /** The token of the newest link of a verification, as the message would carry it. */
  tokenOf(verificationId: string): string
}

type World = { readonly owner: Queryable; readonly worker: KeyRing }
type Open = Parameters<Verifications['open']>[0]

const answered = <T>(value: T): Reply<T> => ({ kind: 'answered', value })

const insertCase = async ({ owner }: World, input: Open): Promise<void> => {
  const now = new Date()
  await insertRow(owner, 'verifications', {
    tenant_id: input.tenantId,
    id: input.verificationId,
    created_at: now,
    purpose: input.purpose,
    tier: input.tier,
    policy_version: input.policyVersion,
    person_id: input.personId,
    state: 'link_sent',
    referrer_kind: 'agent',
    referrer_id: input.referrer.id,
    referrer_name: 'Alex Agent',
    channel: input.channel,
    contact_id: input.contactId,
    contact_masked: input.contactMasked,
    ticket: input.ticket,
    link_ordinal: 1,
    sent_at: now,
    expires_at: new Date(now.getTime() + 3_600_000),
    run_id: randomUUID(),
    run_started_at: now,
    seq: 1,
    occurred_at: now,
  })
}

/** Stores a fresh link with its challenge and gives its token. */
export const addTestLink = async (
  { owner, keys }: { readonly owner: Queryable; readonly keys: KeyRing },
  of: {
    readonly tenantId: string
    readonly verificationId: string
    readonly personId: string
    readonly contactId: string
  },
  row: Readonly<Record<string, unknown>> = {},
): Promise<{ token: string; id: string }> => {
  const token = newToken()
  const id = randomUUID()
  const expires = new Date(Date.now() + 600_000)
  const ordinal = Number(row['ordinal'] ?? 1)
  const hash = tokenHash(token)
  await insertRow(owner, 'links', {
    tenant_id: of.tenantId,
    id,
    verification_id: of.verificationId,
    person_id: of.personId,
    purpose: 'password_reset',
    policy_version: 1,
    ordinal,
    channel: 'sms',
    contact_id: of.contactId,
    contact_value_index: Buffer.alloc(32),
    token_hash: hash,
    token_mark: tokenMark(keys, 'links', { ...of, ordinal, tokenHash: hash }),
    expires_at: expires,
    ...row,
  })
  await insertRow(owner, 'code_challenges', {
    tenant_id: of.tenantId,
    verification_id: of.verificationId,
    kind: 'match',
    ordinal,
    person_id: of.personId,
    expires_at: expires,
  })
  return { token, id }
}

const takeCode = async (
  { owner, worker }: World,
  { tenantId, verificationId }: { readonly tenantId: string; readonly verificationId: string },
  id: string,
): Promise<TypedCode> => {
  const row = await owner.one<{ sealed: Buffer }>(
    'delete from sealed_inputs where id = $1 returning sealed',
    [id],
  )
  if (row === undefined) throw new Error('no such input')
  return openTypedCode(worker, { tenantId, verificationId, row: id }, row.sealed)
}

const bind = async (
  world: World,
  tenantId: string,
  verificationId: string,
  input: TypedCode,
  plan: QuestionPlan,
) => {
  const { owner } = world
  await owner.run('update links set used_at = now() where id = $1', [input.linkId])
  await owner.run(
    `update code_challenges set tries = tries + 1, accepted_at = now() where verification_id = $1`,
    [verificationId],
  )
  await owner.run(`update verifications set state = 'answering', opened_at = now() where id = $1`, [
    verificationId,
  ])
  const person = await owner.one<{ person_id: string }>('select person_id from verifications where id = $1', [
    verificationId,
  ])
  const sessionId = randomUUID()
  const { deviceKey } = input
  const about = { tenantId, sessionId, verificationId, tokenHash: input.sessionHash, deviceKey }
  const personId = person?.person_id ?? ''
  await insertRow(owner, 'portal_sessions', {
    tenant_id: tenantId,
    id: sessionId,
    verification_id: verificationId,
    person_id: personId,
    link_id: input.linkId,
    token_hash: input.sessionHash,
    token_mark: tokenMark(world.worker, 'portal_sessions', { ...about, personId }),
    probe_nonce: newToken(),
    device_key: deviceKey,
    language: input.language,
    absolute_expires_at: new Date(Date.now() + 1_800_000),
  })
  await insertRow(owner, 'plans', {
    tenant_id: tenantId,
    verification_id: verificationId,
    route: plan.route,
    plan_sealed: sealPlan(world.worker, tenantId, verificationId, plan),
    question_count: 0,
  })
  return sessionId
}

/** Makes the double. `owner` writes as the worker would. */
export const createFakeVerifications = (world: World): FakeVerifications => {
  const tokens = new Map<string, string>()
  const note = async <T>(
    name: keyof Verifications,
    args: readonly unknown[],
    work: () => Promise<Reply<T>>,
  ) => {
    fake.calls.push({ name, args })
    const other = fake.answers[name]
    return other === undefined ? work() : (other() as Reply<T>)
  }
  const nothing = (name: keyof Verifications, args: readonly unknown[]) =>
    note(name, args, async () => answered(null))
  const sent = (contactMasked: string) => ({
    state: 'link_sent' as const,
    delivery: 'accepted' as const,
    contactMasked,
    linkOrdinal: 1,
    linkExpiresAt: new Date(Date.now() + 600_000).toISOString(),
    verificationExpiresAt: new Date(Date.now() + 3_600_000).toISOString(),
    refusal: null,
  })
  const fake: FakeVerifications = {
    calls: [],
    answers: {},
    plan: { route: 'none', reason: 'switched_off' },
    searched: { personIds: [], more: false, silent: [] },
    searchDirectories: (input) => note('searchDirectories', [input], async () => answered(fake.searched)),
    submitReturnCode: (resetId, inputId) =>
      note('submitReturnCode', [resetId, inputId], async () =>
        answered({ accepted: false, reason: 'code_wrong', triesLeft: 4 }),
      ),
    sendReturnLink: (ref, resetId, input, by) =>
      note('sendReturnLink', [ref, resetId, input, by], async () => answered(sent(input.contactMasked))),
    stopAction: (ref, resetId, input, by) =>
      note('stopAction', [ref, resetId, input, by], async () =>
        answered({ action: 'failed', refusal: null }),
      ),
    tokenOf: (id) => tokens.get(id) ?? '',
    open: (input, by) =>
      note('open', [input, by], async () => {
        if (!tokens.has(input.verificationId)) {
          await insertCase(world, input)
          const { token } = await addTestLink({ owner: world.owner, keys: world.worker }, input)
          tokens.set(input.verificationId, token)
        }
        return answered(sent(input.contactMasked))
      }),
    resend: (ref, input, by) =>
      note('resend', [ref, input, by], async () => answered(sent(input.contactMasked))),
    submitMatchCode: (ref, inputId) =>
      note<MatchCodeAnswer>('submitMatchCode', [ref, inputId], async () => {
        const { tenantId, verificationId } = ref
        const input = await takeCode(world, ref, inputId)
        if (input.breach !== null) {
          await world.owner.run('update links set voided_at = now() where id = $1', [input.linkId])
          return answered({ accepted: false as const, reason: 'link_unusable' as const, triesLeft: 0 })
        }
        if (input.code !== matchCode(world.worker, { tenantId, verificationId, ordinal: 1 })) {
          const row = await world.owner.one<{ left: number }>(
            `update code_challenges set tries = tries + 1 where verification_id = $1 returning max_tries - tries as left`,
            [verificationId],
          )
          const triesLeft = row?.left ?? 0
          const reason = triesLeft > 0 ? ('code_wrong' as const) : ('code_exhausted' as const)
          return answered({ accepted: false as const, reason, triesLeft })
        }
        const portalSessionId = await bind(world, tenantId, verificationId, input, fake.plan)
        return answered({ accepted: true as const, portalSessionId, route: fake.plan.route })
      }),
    submitPasskey: (ref, inputId) =>
      note('submitPasskey', [ref, inputId], async () =>
        answered({ isOver: true, refusal: null, triesLeft: 4 }),
      ),
    submitProviderSignIn: (ref, inputId) =>
      note('submitProviderSignIn', [ref, inputId], async () => answered({ isOver: true, triesLeft: 5 })),
    submitPush: (ref, inputId) =>
      note('submitPush', [ref, inputId], async () => answered({ isOver: false, pushesLeft: 1 })),
    submitRecoveryCode: (ref, inputId) =>
      note('submitRecoveryCode', [ref, inputId], async () =>
        answered({ isOver: true, isWrong: false, triesLeft: 5 }),
      ),
    submitSecondCode: (ref, inputId) =>
      note('submitSecondCode', [ref, inputId], async () => answered({ accepted: true as const })),
    askApprover: (ref, input, by) =>
      note('askApprover', [ref, input, by], async () => answered({ asked: true, refusal: null })),
    answerApprover: (ref, inputId) =>
      note('answerApprover', [ref, inputId], async () =>
        answered({ accepted: true as const, said: 'yes' as const }),
      ),
    decide: (ref, input, by) =>
      note('decide', [ref, input, by], async () =>
        answered({
          state: 'closed' as const,
          outcome: input.decision === 'approved' ? ('passed' as const) : ('failed' as const),
          decision: input.decision,
          refusal: null,
        }),
      ),
    cancel: (ref, input, by) =>
      note('cancel', [ref, input, by], async () => {
        await world.owner.run(
          `update verifications set state = 'closed', outcome = 'cancelled', closed_at = now() where id = $1`,
          [ref.verificationId],
        )
        return answered({ state: 'closed' })
      }),
    answersCompleted: (...args) => nothing('answersCompleted', args),
    deliveryReported: (...args) => nothing('deliveryReported', args),
    reported: (...args) => nothing('reported', args),
    submitPassword: (resetId, inputId) =>
      note('submitPassword', [resetId, inputId], async () =>
        answered({ action: 'completed' as const, refusal: null, triesLeft: 3 }),
      ),
    resetMfa: (resetId, portalSessionId) =>
      note('resetMfa', [resetId, portalSessionId], async () =>
        answered({ action: 'completed' as const, refusal: null }),
      ),
    revoke: (...args) => nothing('revoke', args),
    lack: async () => null,
    close: async () => undefined,
  }
  return fake
}
