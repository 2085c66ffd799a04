import { randomUUID } from 'node:crypto'
import { writeOf, type ActingPurpose } from '#domain/verification/verification.ts'
import { signApproval } from '#platform/crypto/signed-records.ts'
import { addApproval } from '#services/approvals/approvals.ts'
import { addIntent, type GrantedWrite } from '#services/actions/intents.ts'
import { insertRow, makeVerification } from '#platform/database/testing/factories.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { createIssueGrant } from '../verification/issue-grant.ts'
import { createPrepareAction } from '../verification/prepare-action.ts'
import { ageSigned, signAgain } from './age-signed.ts'
import { createPortal, makeCase, type CaseOptions } from './case.ts'
import type { useDeps } from './use-deps.ts'

/** A case that was approved a moment ago, and the reset that follows, step by step and without Temporal. */
export const makeApprovedReset = async (
  { database, keys, deps }: ReturnType<typeof useDeps>,
  {
    isScored = true,
    purpose = 'password_reset',
    ...options
  }: CaseOptions & { readonly isScored?: boolean; readonly purpose?: ActingPurpose } = {},
) => {
  const { owner } = database
  const of = await makeCase(owner, keys, options)
  const { tenantId, person } = of
  const sessionId = randomUUID()
  const { id: verificationId } = await makeVerification(owner, of.phoneContact, {
    purpose,
    ...{ state: 'closed', outcome: 'passed', decision: 'approved', closed_at: new Date() },
    decision_session_id: sessionId,
    ...{ decided_by_kind: 'agent', decided_by_id: of.supervisor.id, decided_at: new Date() },
  })
  if (isScored)
    await insertRow(owner, 'scorings', {
      ...{ tenant_id: tenantId, verification_id: verificationId, ordinal: 1, policy_version: 1 },
      ...{ results: '[]', score: '{}', decision: '{}', versions: '{}' },
      ...{ evidence_sealed: Buffer.from('sealed'), evidence_digest: Buffer.from('digest') },
    })
  const reset = {
    ...{ tenantId, verificationId, personId: person.id, policyVersion: 1 },
    workflowId: `${tenantId}/password-reset/${randomUUID()}`,
    run: { id: randomUUID(), startedAt: new Date().toISOString() },
  }
  let attempts = 0
  const sign = (): Promise<void> =>
    inTenant(database.worker, tenantId, (tx) => signAgain(owner, tx, keys.worker, verificationId))
  if (isScored) await sign()
  return {
    of,
    reset,
    /** The portal session whose code the decision rests on. */
    sessionId,
    portal: createPortal(database.api, keys, of, verificationId),
    issueGrant: (change: Partial<typeof reset> = {}) =>
      createIssueGrant(deps())({
        ...{ reset: { ...reset, ...change }, seq: 1, grantSeconds: 600, at: new Date().toISOString() },
        returnedSessionId: null,
      }),
    /** Says what is about to be written, to the account as it was made; gives the operation. */
    intend: async (grantId: string, kind: GrantedWrite = writeOf[purpose]): Promise<string> => {
      const operationId = randomUUID()
      const intent = { operationId, grantId, verificationId, personId: person.id }
      await inTenant(database.worker, tenantId, (tx) =>
        addIntent(tx, { ...intent, kind, attempt: (attempts += 1), versionBefore: '1' }),
      )
      return operationId
    },
    /** Signs the decision as the worker would, with its state as it is now. */
    sign,
    /** Changes the case or the person unseen by the code under test. */
    change: (table: 'verifications' | 'people', set: string) =>
      owner.run(`update ${table} set ${set} where id = $1`, [
        table === 'people' ? person.id : verificationId,
      ]),
    /** Asks whether it is time; `seq`: place of the record in this run. */
    prepare: (seq: number) => createPrepareAction(deps())({ reset, seq, at: new Date().toISOString() }),
    /** As if everything had happened so much earlier. `waitSeconds`: and had been scheduled with this waiting time. */
    age: (seconds: number, waitSeconds?: number): Promise<void> =>
      inTenant(database.worker, tenantId, (tx) =>
        ageSigned(owner, tx, keys.worker, { verificationId, seconds, waitSeconds }),
      ),
    /** Two approvals as the worker signs them, one after the other, both so long ago, and the decision that they are. */
    signPair: async (firstBy: string, secondBy: string, minutesAgo = 0): Promise<void> => {
      const [firstId, now] = [randomUUID(), Date.now() - minutesAgo * 60_000]
      const times = {
        approvedAt: new Date(now).toISOString(),
        expiresAt: new Date(now + 900_000).toISOString(),
      }
      const both = [
        { id: firstId, ordinal: 1, firstId: null, staffId: firstBy },
        { id: randomUUID(), ordinal: 2, firstId, staffId: secondBy },
      ] as const
      for (const one of both) {
        const about = { tenantId, verificationId, personId: person.id, screenHash: 'ab'.repeat(32) }
        const approval = { ...one, ...about, ...times }
        const signature = signApproval(keys.worker, approval)
        await inTenant(database.worker, tenantId, (tx) =>
          addApproval(tx, { approval, signature, staffName: 'Sam', reason: 'as told' }),
        )
      }
      await owner.run('update approvals set used_at = now() where id = $1', [firstId])
      await sign()
    },
    report: () =>
      insertRow(owner, 'reports', {
        ...{ tenant_id: tenantId, id: randomUUID(), source: 'portal' },
        ...{ verification_id: verificationId, person_id: person.id },
      }),
    events: async () =>
      (
        await owner.query<{ type: string; payload: object }>(
          `select type, payload from audit where object_id = $1::text order by seq`,
          [verificationId],
        )
      ).map(({ type, payload }) => ({ type, ...payload })),
  }
}
