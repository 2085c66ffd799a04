import { shownOutcome, type ActionState, type Outcome } from '#domain/verification/outcome.ts'
import type { VerificationState } from '#domain/verification/state.ts'
import type { Purpose } from '#domain/verification/verification.ts'
import { isOnHold } from '#services/reports/duress.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { bind, type Call } from '../http/bind.ts'
import type { ApiDeps } from '../deps.ts'
import { Refused } from '../http/errors.ts'
import { valueOf } from '../http/replies.ts'
import { startByPolicy } from '../starts/start-by-policy.ts'

type Person = Call<'integration.startVerification'>['body']['person']

/** One person by exact id or login; nobody is guessed at. @throws Refused not_found */
const findPerson = async (tx: Tx, person: Person): Promise<string> => {
  const [column, value] =
    'directoryId' in person
      ? (['directory_id', person.directoryId] as const)
      : (['login', person.login] as const)
  const found = await tx.query<{ id: string }>(
    `select id from people where tenant_id = $1 and ${column} = $2 and account_state <> 'deleted' limit 2`,
    [tx.tenantId, value],
  )
  const [one] = found
  if (one === undefined || found.length > 1) throw new Refused('not_found')
  return one.id
}

/** Starts a verification for another system: once for each key, whatever is repeated (Q5). */
export const startVerification = (deps: ApiDeps) =>
  bind('integration.startVerification', async ({ client, body, operationId }) => {
    const { tenantId, clientId } = client
    const personId = await inTenant(deps.db, tenantId, (tx) => findPerson(tx, body.person))
    const { purpose, ticket } = body
    const referrer = { kind: 'api_client', id: clientId } as const
    const answer = valueOf(
      await startByPolicy(deps, { tenantId, personId, purpose, ticket, referrer, operationId }),
    )
    if (answer !== null && answer.refusal !== null) throw new Refused(answer.refusal)
    return { id: operationId, status: answer === null ? ('pending' as const) : ('recorded' as const) }
  })

type Row = {
  readonly id: string
  readonly purpose: Purpose
  readonly ticket: string | null
  readonly state: VerificationState
  readonly outcome: Outcome | null
  readonly action: ActionState | null
  readonly startedAt: Date
  readonly closedAt: Date | null
}

const waits = { state: 'awaiting_decision', outcome: null, action: 'none', closedAt: null } as const

/** A case of the client's own; any other is as one that is not there (I2). What an agent may not know, it may not. */
export const verification = ({ db }: ApiDeps) =>
  bind('integration.verification', async ({ client, params }) => {
    const { row, isPending } = await inTenant(db, client.tenantId, async (tx) => {
      const found = await tx.one<Row>(
        `select v.id, v.purpose, v.ticket, v.state, v.outcome, a.state as action, v.created_at as "startedAt",
           v.closed_at as "closedAt"
         from verifications v left join actions a on a.tenant_id = v.tenant_id and a.verification_id = v.id
         where v.tenant_id = $1 and v.id = $2 and v.referrer_kind = 'api_client' and v.referrer_id = $3`,
        [client.tenantId, params.verificationId, client.clientId],
      )
      return { row: found, isPending: found?.outcome === 'passed' && (await isOnHold(tx, found.id)) }
    })
    if (row === undefined) throw new Refused('not_found')
    const { startedAt, closedAt, outcome, action, ...rest } = row
    // Nobody acts on a result that a supervisor has not looked after yet.
    if (isPending) return { ...rest, ...waits, startedAt: startedAt.toISOString() }
    return {
      ...rest,
      outcome: shownOutcome(outcome, 'agent'),
      action: action ?? ('none' as const),
      startedAt: startedAt.toISOString(),
      closedAt: closedAt?.toISOString() ?? null,
    }
  })
