/** From what a browser sent to the checks that fire: the server's own readers, and every check, shadow ones too. */
import type { CallInput } from '#api/contract/types.ts'
import { requestFactsOf } from '#api/portal/request-facts.ts'
import { checks } from '#domain/risk/checks/index.ts'
import { evaluateChecks } from '#domain/risk/evaluate.ts'
import type { IpFacts, RiskFacts } from '#domain/risk/facts.ts'
import { facts } from '#domain/risk/testing/facts.ts'
import type { ProbeReport } from '#domain/risk/probe.ts'
import { proofOfReport } from '#platform/crypto/device-proof.ts'
import { readUserAgent } from '#platform/network-data/user-agent.ts'
import { countryOffsets } from '#platform/network-data/zone-facts.ts'
import type { Seen } from '../../testing/pages-server.ts'

/** Noise of any virtual machine: not what a scenario is about. */
const noise = ['END_VM_GRAPHICS']

/** The beacon of a request to `portal.checks`; null: the page said that the collector could not run. */
export const reportOf = (call: Seen): ProbeReport | null =>
  (call.body as CallInput<'portal.checks'>['body']).report

/** The facts as the server gathers them from this one request, at an address or at none. */
export const factsOf = (call: Seen, ip: IpFacts | null = null): RiskFacts => {
  const probe = reportOf(call)
  const address = ip === null ? '127.0.0.1' : ip.address
  const http = { ...call.http, client: { address, hops: 0, problem: null } }
  const { request, client, userAgent, hints, acceptLanguage } = requestFactsOf(http, true, null)
  const at = Date.now()
  const zone =
    probe === null
      ? null
      : {
          name: probe.page.timeZone,
          offsetMinutes: probe.offsetMinutes,
          countryOffsets: ip?.country == null ? null : countryOffsets(ip.country, at),
        }
  const device = facts().endpoint.device
  return facts({
    at,
    network: { request, client, ip, zone },
    endpoint: {
      userAgent: readUserAgent(userAgent),
      hints,
      acceptLanguage,
      probe,
      beacon: probe === null ? 'missing' : 'arrived',
      versions: null,
      device: { ...device, proof: proofOfReport(probe ?? undefined) },
    },
  })
}

/** Codes of network and endpoint that speak against the participant. */
export const firing = (given: RiskFacts): readonly string[] => {
  const settings = { checks: Object.fromEntries(checks.map(({ code }) => [code, { mode: 'live' as const }])) }
  return evaluateChecks(given, settings)
    .filter(
      ({ category, status }) => /^(network|endpoint)$/.test(category) && /^(flag|critical)$/.test(status),
    )
    .map(({ code }) => code)
    .filter((code) => !noise.includes(code))
    .sort()
}
