import { describe, expect, it } from 'vitest'
import { isEligible, isForbiddenLine, strictestLine } from './contact-rules.ts'
import { devicePartsOf, likenessOf } from './likeness.ts'
import { isAlike, isMobileNetwork, networkName, withCountry, withPublicIp } from './preconditions.ts'
import { ageInDays, registryQuality, reputationQuality } from './quality.ts'
import { contact, dayMs, facts, ip, now, probe, source, surface } from './testing/facts.ts'
import { say } from './text.ts'

describe('B18: what a line counts as', () => {
  it('a forbidden kind is forbidden whichever side names it', () => {
    expect(isForbiddenLine('voip')).toBe(true)
    expect(strictestLine('voip', 'mobile')).toBe('voip')
    expect(strictestLine('mobile', 'premium_rate')).toBe('premium_rate')
    expect(strictestLine(null, 'pager')).toBe('pager')
  })
  it('else the source counts, which knows of ported numbers, and the plan where it is silent', () => {
    expect(strictestLine('mobile', 'fixed_line')).toBe('mobile')
    expect(strictestLine('mobile', null)).toBe('mobile')
    expect(strictestLine(null, 'mobile')).toBe('mobile')
    expect(strictestLine(null, null)).toBeNull()
  })
  it('B20: a number in doubt is no evidence', () => {
    expect(isEligible(contact(), now)).toBe(true)
    expect(isEligible(contact({ isInDoubt: true }), now)).toBe(false)
  })
})

describe('how old data are', () => {
  it('a source without a readable date counts as old', () => {
    expect(ageInDays(null, now)).toBe(Infinity)
    expect(ageInDays(source('list', 'lately'), now)).toBe(Infinity)
    expect(registryQuality(null, now)).toBe(0.5)
    expect(reputationQuality(source('list', 'lately'), now)).toBe(0)
  })
  it('a date in the future counts as today', () => {
    expect(ageInDays(source('list', '2027-01-01'), now)).toBe(0)
    expect(reputationQuality(source('list', '2026-04-28'), now)).toBeCloseTo(0.5, 2)
  })
})

describe('how long data count fully', () => {
  const daysOld = (days: number) => source('list', new Date(now - days * dayMs).toISOString())
  it('owners, countries and classes for twelve months, then half', () => {
    expect([365, 366].map((days) => registryQuality(daysOld(days), now))).toEqual([1, 0.5])
  })
  it('lists for 30 days, then half of it every 180', () => {
    expect([30, 210, 390].map((days) => reputationQuality(daysOld(days), now))).toEqual([1, 0.5, 0.25])
    expect(reputationQuality(daysOld(31), now)).toBeCloseTo(0.996, 3)
  })
})

describe('what a look rests on', () => {
  it('a finding names no source where the data name none', () => {
    const bare = ip({ sources: { asn: null, country: null, classes: null } })
    const seen = facts({ network: { ip: bare } })
    expect(withPublicIp(seen, () => ({ status: 'pass', text: say('network.private') }))).not.toHaveProperty(
      'source',
    )
    expect(withCountry(seen, () => ({ status: 'pass', text: say('network.private') }))).not.toHaveProperty(
      'source',
    )
  })
  it('a network on the list of mobile ones is mobile on any device', () => {
    expect(isMobileNetwork(facts(), ip({ class: 'mobile' }))).toBe(true)
    expect(isMobileNetwork(facts(), ip({ class: 'hosting' }))).toBe(false)
  })
  it('a network is named by the number and name on record', () => {
    expect(networkName(ip({ asn: null }))).toBe('unknown network')
    expect(networkName(ip({ asnName: null }))).toBe('AS2856')
    expect(networkName(ip())).toContain('British Telecommunications')
  })
})

describe('a device that looks like one of this person', () => {
  const { device } = facts().endpoint
  const looks = (share: number, othersAlike: number, changes = {}) =>
    isAlike(
      facts({
        endpoint: {
          device: {
            ...device,
            similar: { share, othersAlike, matched: [] },
            ...changes,
          },
        },
      }),
    )
  it('counts from nine tenths, where nobody else has one alike', () => {
    expect([looks(0.9, 0), looks(0.89, 0), looks(1, 1)]).toEqual([true, false, false])
  })
  it('does not count beside a forged key, without a look at it, or without one to compare with', () => {
    expect(looks(1, 0, { proof: 'invalid' })).toBe(false)
    expect(looks(1, 0, { similar: null })).toBe(false)
    const { endpoint, ...rest } = facts()
    expect(isAlike({ ...rest, endpoint: { ...endpoint, probe: null } })).toBe(false)
  })
})

describe('parts of a device that a browser keeps to itself', () => {
  it('are not compared: cores, and halves of the graphics', () => {
    const shy = devicePartsOf(
      probe({ page: surface({ cores: null }), graphics: { vendor: null, renderer: null } }),
    )
    expect([shy.cores, shy.graphics]).toEqual([null, ' '])
    expect(likenessOf(shy, shy).matched).not.toContain('cores')
  })
})
