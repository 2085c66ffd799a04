import { describe, expect, it } from 'vitest'
import type { CampaignFacts, PastFacts, SharedFailure, TenureFacts } from '../../facts.ts'
import { dayMs, facts, now, probe, surface } from '../../testing/facts.ts'
import { verdictOf } from '../../testing/findings.ts'
import { campaign } from './campaign.ts'
import { goodHistory } from './good-history.ts'
import { locale } from './locale.ts'
import { tenure } from './tenure.ts'

const days = (count: number): number => now - count * dayMs

describe('PER_CAMPAIGN', () => {
  const failed = (participants: number, by: SharedFailure['by'] = 'network') => [{ by, participants }]
  const given = (shared: readonly SharedFailure[], more: Partial<CampaignFacts> = {}) =>
    facts({ persona: { campaign: { shared, started: 6, usuallyStarted: 4, ...more } } })
  it.each([
    ['nothing shared', given([]), 'pass'],
    ['two people', given(failed(2)), 'pass'],
    ['three on one network', given(failed(3)), 'flag -6'],
    ['three on like devices', given(failed(3, 'device')), 'flag -6'],
    ['three with one agent', given(failed(3, 'agent')), 'flag -6'],
    ['three of one department', given(failed(4, 'department')), 'flag -6'],
    ['an outage day', given(failed(9), { started: 40, usuallyStarted: 5 }), 'info'],
    ['three times of hardly anything', given(failed(3), { started: 4, usuallyStarted: 0.5 }), 'flag -6'],
    ['ten, three times the usual', given(failed(3), { started: 10, usuallyStarted: 10 / 3 }), 'info'],
    ['nine, however few are usual', given(failed(3), { started: 9, usuallyStarted: 1 }), 'flag -6'],
    ['just under three times the usual', given(failed(3), { started: 29, usuallyStarted: 10 }), 'flag -6'],
    ['not counted', facts({ persona: { campaign: null } }), 'unknown'],
  ])('%s', (_name, facts, expected) => {
    expect(verdictOf(campaign, facts)).toBe(expected)
  })
})

describe('PER_TENURE', () => {
  const given = (known: Partial<TenureFacts>, calendar = {}) =>
    facts({
      persona: {
        tenure: { hiredAt: days(900), lastSignInAt: days(1), ...known },
        signals: {
          ...facts().persona.signals,
          calendar: {
            configured: true,
            value: {
              leaveUntil: null,
              travelCountries: [],
              isInJoinedMeeting: false,
              backSince: null,
              ...calendar,
            },
          },
        },
      },
    })
  it.each([
    ['in use', given({}), 'pass'],
    ['90 days', given({ lastSignInAt: days(90) }), 'pass'],
    ['91 days', given({ lastSignInAt: days(91) }), 'flag -4'],
    ['back from parental leave', given({ lastSignInAt: days(200) }, { backSince: days(3) }), 'info'],
    ['calling from it', given({ lastSignInAt: days(200) }, { leaveUntil: days(-20) }), 'info'],
    ['new', given({ hiredAt: days(29), lastSignInAt: null }), 'info'],
    ['30 days', given({ hiredAt: days(30), lastSignInAt: null }), 'unknown'],
    ['first day not known', given({ hiredAt: null, lastSignInAt: days(120) }), 'flag -4'],
    ['starts next week', given({ hiredAt: days(-7), lastSignInAt: null }), 'info'],
  ])('%s', (_name, facts, expected) => {
    expect(verdictOf(tenure, facts)).toBe(expected)
  })
})

describe('PER_LOCALE', () => {
  const speaks = (languages: readonly string[], seenBefore: readonly string[] = [], expected = ['en']) =>
    facts({
      persona: { locale: { expected, seenBefore } },
      endpoint: { probe: probe({ page: surface({ languages }) }) },
    })
  it.each([
    ['as the profile', speaks(['en-GB', 'en']), 'pass'],
    ['as some browsers write it', speaks(['en_GB']), 'pass'],
    ['a language of nobody', speaks(['de-DE']), 'flag -2'],
    ['several languages, one of them expected', speaks(['de-DE', 'de', 'en']), 'pass'],
    ['seen before', speaks(['de-DE'], ['de']), 'pass'],
    ['a country with several', speaks(['fr-CH'], [], ['de', 'fr', 'it', 'rm']), 'pass'],
    ['nothing expected', speaks(['de-DE'], [], []), 'unknown'],
    ['no language told', speaks([]), 'unknown'],
    ['no profile', facts({ persona: { locale: null } }), 'unknown'],
    [
      'no beacon: the request tells',
      facts({ endpoint: { probe: null, acceptLanguage: ['pt-BR', 'pt'] } }),
      'flag -2',
    ],
  ])('%s', (_name, facts, expected) => {
    expect(verdictOf(locale, facts)).toBe(expected)
  })
})

describe('PER_GOOD_HISTORY', () => {
  it.each<[string, PastFacts | null, string]>([
    ['two', { possessionVerified: 2, disputed: 0 }, 'pass +3'],
    ['one', { possessionVerified: 1, disputed: 0 }, 'pass'],
    ['many, one disputed', { possessionVerified: 9, disputed: 1 }, 'pass'],
    ['not counted', null, 'unknown'],
  ])('%s', (_name, past, expected) => {
    expect(verdictOf(goodHistory, facts({ persona: { past } }))).toBe(expected)
  })
})
