import { randomUUID } from 'node:crypto'
import { addSealedInput } from '#platform/server/db/portal-inputs.ts'
import { inTenant } from '#platform/server/db/transaction.ts'
import { sealForWorker } from '#platform/server/sealed-inputs.ts'
import { bind } from '../bind.ts'
import type { ApiDeps } from '../deps.ts'
import { Unavailable } from '../errors.ts'
import { valueOf } from '../replies.ts'
import { currentStep } from './current-step.ts'
import { requireLive } from './with-questions.ts'

/** The code that went to a different contact: sealed to the worker, which compares and counts. */
export const secondCode = (deps: ApiDeps) =>
  bind('portal.secondCode', async ({ participant, body }) => {
    requireLive(participant)
    const { tenantId, verificationId } = participant
    const id = randomUUID()
    const place = { tenantId, verificationId, kind: 'second_code', row: id } as const
    const sealed = sealForWorker(deps.keys, place, body.code)
    await inTenant(deps.db, tenantId, (tx) =>
      addSealedInput(tx, { id, verificationId, kind: 'second_code', sealed }),
    )
    const answer = valueOf(await deps.verifications.submitSecondCode({ tenantId, verificationId }, id))
    if (answer === null) throw new Unavailable()
    return currentStep(deps, participant, { wrongCode: !answer.accepted && answer.reason === 'code_wrong' })
  })
