/** A participant with an authenticator, a service for pushes that keeps to the port, and the wishes of a participant's page. */
import { randomUUID } from 'node:crypto'
import type { Policy } from '#domain/policy/policy.ts'
import { sealForWorker } from '#platform/crypto/sealed-inputs.ts'
import type { Db } from '#platform/database/connect.ts'
import { inTenant } from '#platform/database/transaction.ts'
import type { Verifications } from '#platform/temporal/temporal.ts'
import { addSealedInput } from '#services/verifications/portal-inputs.ts'
import type { PushLook, PushOrder, PushOrdered, PushService, PushUnderWay } from '../push/port.ts'
import type { TestKeys } from './case.ts'
import { plainPolicy } from './play.ts'

/** Two kinds for every purpose and tier, of which a push may be one; an agent decides, and nobody is asked to vouch. */
export const withPush = (policy: Policy): Policy => {
  const plain = plainPolicy(policy)
  const { standard, privileged } = plain.rules.password_reset
  const change = { classesNeeded: 2, asksPush: true, asksApprover: false }
  const rule = { standard: { ...standard, ...change }, privileged: { ...privileged, ...change } }
  return {
    ...plain,
    rules: { ...plain.rules, password_reset: rule, mfa_reset: rule, identity_check: rule },
  }
}

/** A double of a service, and of the phone beside it. */
export type FakePushService = PushService & {
  readonly orders: PushOrder[]
  readonly looks: PushUnderWay[]
  /** The answer of the phone to every push from now on. */
  says: PushLook
  /** Takes the place of the service's answer to an order. */
  orderedAs: ((order: PushOrder) => Promise<PushOrdered>) | null
}

/** Sends to everybody, and answers what it was told. */
export const createFakePushService = (): FakePushService => {
  const service: FakePushService = {
    orders: [],
    looks: [],
    says: 'waiting',
    orderedAs: null,
    send: (order) => {
      service.orders.push(order)
      if (service.orderedAs !== null) return service.orderedAs(order)
      return Promise.resolve({ kind: 'sent', transaction: randomUUID(), devices: ['PUSH01'], number: null })
    },
    look: (push) => {
      service.looks.push(push)
      return Promise.resolve(service.says)
    },
  }
  return service
}

type Place = {
  readonly api: Db
  readonly keys: TestKeys
  readonly verifications: Pick<Verifications, 'submitPush'>
  readonly ref: { readonly tenantId: string; readonly verificationId: string }
}

/** Seals what was wanted as the API does, and submits it. */
export const wantPush = async (
  { api, keys, verifications, ref }: Place,
  said: { readonly kind: 'not_now' } | { readonly kind: 'send'; readonly sessionId: string },
) => {
  const { tenantId, verificationId } = ref
  const id = randomUUID()
  const place = { tenantId, verificationId, kind: 'push', row: id } as const
  const sealed = sealForWorker(keys.api, place, JSON.stringify(said))
  await inTenant(api, tenantId, (tx) => addSealedInput(tx, { id, verificationId, kind: 'push', sealed }))
  return verifications.submitPush(ref, id)
}
