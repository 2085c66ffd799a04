import { describe, expect, it } from 'vitest'
import type { IpFacts } from '../../facts.ts'
import { dayMs, facts, ip, now, source } from '../../testing/facts.ts'
import { resultOf, verdictOf } from '../../testing/findings.ts'
import { torExit } from './tor-exit.ts'

const from = (changes: Partial<IpFacts>) => facts({ network: { ip: ip(changes) } })

describe('NET_TOR_EXIT', () => {
  const listed = (asOf: string) => [
    { kind: 'tor' as const, entry: '86.128.0.1', source: source('tor', asOf) },
  ]
  const day = (days: number) => new Date(now - days * dayMs).toISOString()
  const proxies = [{ ...listed(day(1))[0]!, kind: 'anon' as const }]
  it.each([
    ['a list of 6 days', { feeds: listed(day(6)) }, 'flag -12'],
    [
      'a list of 7 days, network unknown to be anything else',
      { feeds: listed(day(7)), class: 'tor' as const },
      'flag -8',
    ],
    [
      'a list of 210 days on a server network',
      { feeds: listed(day(210)), class: 'hosting' as const },
      'flag -8×0.5',
    ],
    ['an old list against newer owner data', { feeds: listed('2026-05-01') }, 'info'],
    ['an old list, newer than the owner data', { feeds: listed('2026-07-01') }, 'flag -8×0.639'],
    ['the class alone', { class: 'tor' as const, classBy: 'list' as const }, 'flag -8'],
    ['a network nobody announces', { asn: null }, 'unknown'],
    ['another kind of list', { feeds: [{ ...listed(day(1))[0]!, kind: 'vpn' as const }] }, 'pass'],
    ['a name of exits on a list of proxies', { feeds: proxies, asnName: 'Foundation TOR-EXIT' }, 'flag -8'],
    ['the same name on no list', { asnName: 'Foundation TOR-EXIT' }, 'pass'],
    ['no name, on a list of proxies', { feeds: proxies, asnName: null }, 'pass'],
    ['a name without one, on a list of proxies', { feeds: proxies, asnName: 'Toronto Hydro' }, 'pass'],
  ])('%s', (_name, changes, expected) => {
    expect(verdictOf(torExit, from(changes))).toBe(expected)
  })
  it('takes the newest of several lists and names its date', () => {
    const result = resultOf(torExit, from({ feeds: [...listed(day(100)), ...listed(day(1))] }))
    expect([result.weight, result.source.asOf]).toEqual([-12, day(1)])
  })
})
