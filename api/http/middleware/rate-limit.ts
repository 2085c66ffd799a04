import { createHmac } from 'node:crypto'
import ipaddr from 'ipaddr.js'
import {
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRes,
  type RateLimiterAbstract,
} from 'rate-limiter-flexible'
import type { Db } from '#platform/database/connect.ts'
import { Refused } from '../errors.ts'

/** A limit on how often something may happen from one address. */
export type RateRule = { readonly name: string; readonly points: number; readonly seconds: number }

/** General ceilings of the surfaces; far above a person's use. */
export const requestRules = {
  console: { name: 'console', points: 600, seconds: 60 },
  /** From one address, whatever the key. */
  integration: { name: 'integration', points: 600, seconds: 60 },
  /** The limit of one API client, from any address. */
  apiClient: { name: 'api_client', points: 300, seconds: 60 },
  portal: { name: 'portal', points: 300, seconds: 60 },
  signIn: { name: 'sign_in', points: 30, seconds: 60 },
  /** Tokens that led nowhere: H5. */
  missedTokens: { name: 'missed_tokens', points: 20, seconds: 60 },
  /** Self-service starts: a household behind one address, and no more. */
  helpAsked: { name: 'help_asked', points: 10, seconds: 600 },
} as const satisfies Record<string, RateRule>

/** One rule at work. Addresses are stored as keyed digests only. */
export type RateLimit = {
  /** @throws Refused too_many_requests */
  consume(address: string | null): Promise<void>
}

/** IPv6 callers own a /64 (H8). */
export const limitedAs = (address: string | null): string => {
  if (address === null || !ipaddr.isValid(address)) return 'none'
  const parsed = ipaddr.process(address)
  if (parsed.kind() === 'ipv4') return parsed.toString()
  return (parsed as ipaddr.IPv6).parts.slice(0, 4).join(':')
}

const digestOf = (secret: string, subject: string): string =>
  createHmac('sha256', secret).update(subject).digest('base64url')

/**
 * Counts in the database, so that limits hold over processes and restarts (H7); in memory for as long as the
 * database is away.
 * @param subjectOf who is counted under what is given; by default the network that an address is of
 */
export const createRateLimit = (
  db: Db,
  rule: RateRule,
  secret: string,
  subjectOf: (given: string | null) => string = limitedAs,
): RateLimit => {
  const options = { keyPrefix: rule.name, points: rule.points, duration: rule.seconds }
  const limiter: RateLimiterAbstract = new RateLimiterPostgres({
    ...options,
    storeClient: db.pool,
    tableName: 'rate_limits',
    tableCreated: true,
    clearExpiredByTimeout: true,
    insuranceLimiter: new RateLimiterMemory(options),
  })
  return {
    consume: async (address) => {
      try {
        await limiter.consume(digestOf(secret, subjectOf(address)))
      } catch (error) {
        if (error instanceof RateLimiterRes) throw new Refused('too_many_requests')
        throw error
      }
    },
  }
}
