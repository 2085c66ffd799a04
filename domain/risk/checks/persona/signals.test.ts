import { describe, expect, it } from 'vitest'
import type { CalendarFacts, IdentityRisk, PersonCircumstances, RecentSignIn } from '../../facts.ts'
import { dayMs, facts, ip, now, source } from '../../testing/facts.ts'
import { resultOf, verdictOf } from '../../testing/findings.ts'
import { activeElsewhere } from './active-elsewhere.ts'
import { agentAlarm } from './agent-alarm.ts'
import { calendar } from './calendar.ts'
import { idpRisk } from './idp-risk.ts'

const minute = 60_000
const given = (signals: Partial<PersonCircumstances>) =>
  facts({ persona: { signals: { ...facts().persona.signals, ...signals } } })

describe('a signal of another system', () => {
  it.each([
    [idpRisk, 'identityRisk'],
    [activeElsewhere, 'recentSignIn'],
    [calendar, 'calendar'],
    [agentAlarm, 'agentAlarm'],
  ] as const)(
    'is not measured where none is connected, and says nothing where it has nothing to say',
    (check, name) => {
      expect(verdictOf(check, given({}))).toBe('not_applicable')
      expect(verdictOf(check, given({ [name]: { configured: true, value: null } }))).toBe('pass')
    },
  )
})

describe('PER_IDP_RISK', () => {
  const risk = (
    level: IdentityRisk['level'],
    ageDays = 1,
    detections: readonly string[] = ['leakedCredentials'],
  ) =>
    given({
      identityRisk: {
        configured: true,
        value: { level, detections, at: now - ageDays * dayMs, source: source('identity provider') },
      },
    })
  it.each([
    ['none', risk('none'), 'pass'],
    ['low', risk('low'), 'flag -2'],
    ['medium', risk('medium'), 'flag -6'],
    ['high', risk('high'), 'flag -12'],
    ['14 days', risk('high', 14), 'flag -12'],
    ['28 days', risk('high', 28), 'flag -12×0.5'],
    ['confirmed safe', risk('confirmed_safe'), 'pass +2'],
    ['confirmed compromised', risk('confirmed_compromised'), 'critical floor 9'],
    ['confirmed compromised long ago, and still so', risk('confirmed_compromised', 90), 'critical floor 9'],
    ['medium, by a noisy detection alone', risk('medium', 1, ['anomalousToken']), 'info'],
    [
      'medium, by a noisy one and another',
      risk('medium', 1, ['anomalousToken', 'maliciousIPAddress']),
      'flag -6',
    ],
    ['high, by a noisy detection alone', risk('high', 1, ['anomalousToken']), 'flag -12'],
    ['low, without any reason', risk('low', 1, []), 'flag -2'],
  ])('%s', (_name, facts, expected) => {
    expect(verdictOf(idpRisk, facts)).toBe(expected)
  })
  it('names its source', () => {
    expect(resultOf(idpRisk, risk('low')).source.name).toBe('identity provider')
  })
})

describe('PER_ACTIVE_ELSEWHERE', () => {
  const strong: RecentSignIn = {
    at: now - 5 * minute,
    asn: 3320,
    os: 'macos',
    isInteractive: true,
    hasFreshFactor: true,
  }
  const signIn = (changes: Partial<RecentSignIn> = {}) =>
    given({ recentSignIn: { configured: true, value: { ...strong, ...changes } } })
  it.each([
    ['on another device and network', signIn(), 'flag -8'],
    ['just under 15 minutes', signIn({ at: now - 15 * minute + 1 }), 'flag -8'],
    ['15 minutes', signIn({ at: now - 15 * minute }), 'pass'],
    ['a token that was renewed', signIn({ isInteractive: false }), 'pass'],
    ['a second factor that was remembered', signIn({ hasFreshFactor: false }), 'pass'],
    ['on the same network', signIn({ asn: 2856 }), 'pass'],
    ['on such a device', signIn({ os: 'windows' }), 'pass'],
    ['network not told', signIn({ asn: null }), 'unknown'],
    ['device not told', signIn({ os: null }), 'unknown'],
  ])('%s', (_name, facts, expected) => {
    expect(verdictOf(activeElsewhere, facts)).toBe(expected)
  })
})

describe('PER_CALENDAR', () => {
  const entry = (changes: Partial<CalendarFacts>, country = 'GB') => ({
    ...given({
      calendar: {
        configured: true,
        value: {
          leaveUntil: null,
          travelCountries: [],
          isInJoinedMeeting: false,
          backSince: null,
          ...changes,
        },
      },
    }),
    network: { ...facts().network, ip: ip({ country }) },
  })
  it.each([
    ['out of office all day', entry({ leaveUntil: now + 6 * dayMs }), 'flag -2'],
    ['in a meeting that they joined', entry({ isInJoinedMeeting: true }), 'flag -3'],
    ['both: the stronger', entry({ isInJoinedMeeting: true, leaveUntil: now + dayMs }), 'flag -3'],
    ['a private block, which nobody joined', entry({}), 'pass'],
    ['leave that is over', entry({ leaveUntil: now - 1, backSince: now - 1 }), 'pass'],
    ['a journey to where the address is', entry({ travelCountries: ['JP'] }, 'JP'), 'info'],
    ['a journey elsewhere', entry({ travelCountries: ['FR'] }, 'JP'), 'pass'],
  ])('%s', (_name, facts, expected) => {
    expect(verdictOf(calendar, facts)).toBe(expected)
  })
})

describe('PER_AGENT_ALARM', () => {
  const alarm = given({ agentAlarm: { configured: true, value: { at: now - minute, by: 'Alex Agent' } } })
  it('sets a floor of 9.0, and keeps from agents who raised it', () => {
    expect(verdictOf(agentAlarm, alarm)).toBe('critical floor 9')
    expect(resultOf(agentAlarm, alarm).evidence.map(({ sensitivity }) => sensitivity)).toEqual([1])
  })
})
