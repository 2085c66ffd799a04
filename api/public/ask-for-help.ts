import { randomUUID } from 'node:crypto'
import { resolveParticipant } from '#services/people/people.ts'
import { bind, type Call } from '../http/bind.ts'
import { Refused } from '../http/errors.ts'
import { requestRules } from '../http/middleware/rate-limit.ts'
import { createBurst } from '../starts/burst.ts'
import { countRefusedStart, createRefusedStarts, type RefusedStarts } from '../starts/refused.ts'
import { startByPolicy } from '../starts/start-by-policy.ts'
import type { PublicDeps } from './link-step.ts'

type Asked = Call<'public.askForHelp'>['body']

/** Looks for the person and starts what policy allows; only the log learns what speaks against it. */
const help = async (
  deps: PublicDeps,
  refused: RefusedStarts,
  { who, purpose }: Asked,
  address: string | null,
): Promise<void> => {
  let of: string | null = null
  try {
    // Counted here as well, so that a limit that is reached changes neither answer nor time (H1, H6).
    await deps.helpAsked.consume(address)
    const found = await resolveParticipant(deps.db, who)
    if (found === null) return
    const { tenantId, personId } = found
    of = tenantId
    const referrer = { kind: 'self_service', id: personId } as const
    const operationId = randomUUID()
    const reply = await startByPolicy(deps, {
      tenantId,
      personId,
      purpose,
      referrer,
      from: address,
      ticket: null,
      operationId,
    })
    deps.log.info('self-service was asked for', { tenantId, verificationId: operationId, code: reply.kind })
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    const { code } = error.refusal
    deps.log.info('self-service was refused', { code })
    if (of === null) countRefusedStart(deps.metrics, 'self_service', code)
    else await refused.note(of, code)
  }
}

/**
 * "Forgot password, locked out, lost phone": answers at once and with nothing, whether or not the person exists and whatever
 * the result; the work comes after the answer (H1, H2).
 */
export const askForHelp = (deps: PublicDeps) => {
  const { points, seconds } = requestRules.helpAsked
  const isBurst = createBurst(points, seconds * 1000)
  const refused = createRefusedStarts(deps)
  return bind('public.askForHelp', ({ body, http }) => {
    const { address } = http.client
    if (!isBurst(address)) deps.backgroundQueue.do(() => help(deps, refused, body, address))
    return Promise.resolve(undefined)
  })
}
