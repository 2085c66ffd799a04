import type { Reply } from '#platform/temporal/temporal.ts'
import { Refused, Unavailable } from './errors.ts'

/**
 * The value of a workflow's answer for the caller, or null when it may still happen (the deadline passed).
 * @throws Refused for a refusal or a closed case, Unavailable when Temporal does not answer
 */
export const valueOf = <Value>(reply: Reply<Value>): Value | null => {
  switch (reply.kind) {
    case 'answered':
      return reply.value
    case 'pending':
      return null
    case 'refused':
      throw new Refused(reply.code)
    case 'gone':
      throw new Refused('verification_closed')
    case 'unavailable':
      throw new Unavailable()
  }
}
