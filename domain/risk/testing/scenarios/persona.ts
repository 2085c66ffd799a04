import type {
  CalendarFacts,
  ContactChange,
  HourFacts,
  IdentityRisk,
  PersonaFacts,
  PersonCircumstances,
  RecentSignIn,
} from '../../facts.ts'
import type { InputReport } from '../../probe.ts'
import {
  answer,
  contact,
  dayMs,
  facts,
  habitual,
  hourMs,
  input,
  now,
  probe,
  source,
  surface,
} from '../facts.ts'
import type { Scenarios } from './scenario.ts'

const at = (persona: Partial<PersonaFacts>) => facts({ persona })
const signals = (changes: Partial<PersonCircumstances>) =>
  at({ signals: { ...facts().persona.signals, ...changes } })
const changed = (changes: Partial<ContactChange>) =>
  at({ contactChanges: [{ field: 'phone', at: now - hourMs, by: 'participant', ...changes }] })
const hours = (changes: Partial<HourFacts>): Partial<PersonaFacts> => ({
  hours: {
    hour: 3,
    histogram: Array.from({ length: 24 }, (_, h) => (h >= 8 && h < 18 ? 6 : 0)),
    isOnShift: null,
    ...changes,
  },
})
const typed = (changes: Partial<InputReport>) =>
  facts({ challenge: { answers: [answer({ form: 'typed', letters: 17, input: input(changes) })] } })
const answered = (...answers: readonly ReturnType<typeof answer>[]) => facts({ challenge: { answers } })
const noisy: IdentityRisk = {
  level: 'medium',
  detections: ['anomalousToken'],
  at: now - dayMs,
  source: source('identity provider'),
}
const strong: RecentSignIn = {
  at: now - 300_000,
  asn: 3320,
  os: 'macos',
  isInteractive: true,
  hasFreshFactor: true,
}
const entry = (changes: Partial<CalendarFacts>): PersonCircumstances['calendar'] => ({
  configured: true,
  value: { leaveUntil: null, travelCountries: [], isInJoinedMeeting: false, backSince: null, ...changes },
})
const failures = { shared: [{ by: 'network' as const, participants: 3 }], started: 6, usuallyStarted: 4 }
const even = { keys: 17, intervalSdMs: 2, dwellSdMs: 1 }
const byProgram = { keys: 6, intervalMs: 60, intervalSdMs: 1, dwellMs: 2, dwellSdMs: 1 }
const left = (blurs: number) => answer({ input: input({ blurs }) })
const speaks = (languages: readonly string[], seenBefore: readonly string[] = []) =>
  facts({
    persona: { locale: { expected: ['en'], seenBefore } },
    endpoint: { probe: probe({ page: surface({ languages }) }) },
  })
const slow = { seconds: 80, input: input({ blurs: 3 }) }

/** The persona checks. */
export const personaScenarios: Scenarios = {
  PER_ACCOUNT_STATE: {
    fires: [at({ account: { state: 'disabled', since: null } }), 'critical floor 9'],
    spares: ['a person who is merely locked out', at({ account: { state: 'active', since: null } }), 'pass'],
  },
  PER_CONTACT_CHANGED: {
    fires: [changed({ by: 'help_desk' }), 'flag -10'],
    spares: ['a new phone ten days ago', changed({ at: now - 10 * dayMs }), 'flag -3'],
  },
  PER_MFA_CHANGED: {
    fires: [
      at({
        mfaEvents: [
          { kind: 'reset', at: now - hourMs },
          { kind: 'removed', at: now - 2 * hourMs },
        ],
      }),
      'flag -8',
    ],
    spares: [
      'a new phone, its authenticator set up once, four days ago',
      at({ mfaEvents: [{ kind: 'reset', at: now - 4 * dayMs }] }),
      'pass',
    ],
  },
  PER_REQUEST_RATE: {
    fires: [at({ attempts: { started24h: 5, failed24h: 1 } }), 'critical -9 floor 8'],
    spares: [
      'an unlucky person who tries again',
      at({ attempts: { started24h: 2, failed24h: 0 } }),
      'flag -2',
    ],
  },
  PER_CHANNEL: {
    fires: [at({ contact: contact({ channel: 'email', lineType: null, domain: 'disposable' }) }), 'flag -10'],
    spares: [
      'a private mailbox that has been on file for long, normal for who is locked out',
      at({ contact: contact({ channel: 'email', lineType: null, domain: 'private' }) }),
      'pass +5',
    ],
  },
  PER_HOUR: {
    fires: [at(hours({})), 'flag -2'],
    spares: ['a participant on the night shift', at(hours({ isOnShift: true })), 'info'],
  },
  PER_NO_TYPING: {
    fires: [typed({ keydowns: 0, inputs: 1, mouse: { presses: 1, centred: 1 } }), 'flag -5'],
    spares: ['speech input', typed({ keydowns: 0, inputs: 1, assisted: 1 }), 'pass'],
  },
  PER_UNTRUSTED_EVENT: {
    fires: [typed({ untrusted: ['click'] }), 'flag -10'],
    spares: ['an extension that fills in trusted events', typed({ assisted: 3 }), 'pass'],
  },
  PER_TIMING: {
    fires: [answered(answer({ seconds: 0.5 })), 'flag -4'],
    spares: ['a slow reader who took more time', answered(answer({ ...slow, isExtended: true })), 'pass'],
  },
  PER_USER_REPORTED: {
    fires: [at({ reports: [{ at: now - dayMs, isLifted: false }] }), 'critical floor 9.5'],
    spares: [
      'a report of last month, settled since',
      at({ reports: [{ at: now - 31 * dayMs, isLifted: false }] }),
      'pass',
    ],
  },
  PER_IDP_RISK: {
    fires: [
      signals({
        identityRisk: { configured: true, value: { ...noisy, detections: ['leakedCredentials'] } },
      }),
      'flag -6',
    ],
    spares: [
      'a detection that its maker calls noisy',
      signals({ identityRisk: { configured: true, value: noisy } }),
      'info',
    ],
  },
  PER_ACTIVE_ELSEWHERE: {
    fires: [signals({ recentSignIn: { configured: true, value: strong } }), 'flag -8'],
    spares: [
      'a token that was renewed',
      signals({ recentSignIn: { configured: true, value: { ...strong, isInteractive: false } } }),
      'pass',
    ],
  },
  PER_CALENDAR: {
    fires: [signals({ calendar: entry({ isInJoinedMeeting: true }) }), 'flag -3'],
    spares: ['a private block, which nobody joined', signals({ calendar: entry({}) }), 'pass'],
  },
  PER_CAMPAIGN: {
    fires: [at({ campaign: failures }), 'flag -6'],
    spares: ['an outage day', at({ campaign: { ...failures, started: 40 } }), 'info'],
  },
  PER_TENURE: {
    fires: [at({ tenure: { hiredAt: now - 900 * dayMs, lastSignInAt: now - 91 * dayMs } }), 'flag -4'],
    spares: [
      'back from parental leave',
      facts({
        persona: {
          tenure: { hiredAt: now - 900 * dayMs, lastSignInAt: now - 200 * dayMs },
          signals: { ...facts().persona.signals, calendar: entry({ backSince: now - dayMs }) },
        },
      }),
      'info',
    ],
  },
  PER_LOCALE: {
    fires: [speaks(['de-DE']), 'flag -2'],
    spares: ['a participant who speaks several languages', speaks(['de-DE', 'en']), 'pass'],
  },
  PER_RHYTHM: {
    fires: [typed({ rhythm: even }), 'flag -4'],
    spares: [
      'a remote desktop, which passes keys on in bundles',
      facts({
        challenge: { answers: [answer({ form: 'typed', letters: 17, input: input({ rhythm: even }) })] },
        endpoint: { hasVirtualDesktops: true },
      }),
      'not_applicable',
    ],
  },
  PER_PASTE: {
    fires: [typed({ pastes: 1, keydowns: 2 }), 'flag -2'],
    spares: ['a careful speller who pasted one letter', typed({ pastes: 1, keydowns: 19 }), 'pass'],
  },
  PER_POINTER: {
    fires: [answered(answer({ input: input({ mouse: { presses: 2, centred: 2 } }) })), 'flag -2'],
    spares: [
      'keyboard and touch',
      answered(answer({ input: input({ mouse: { presses: 0, centred: 0 } }) })),
      'not_applicable',
    ],
  },
  PER_FOCUS: {
    fires: [answered(left(2), left(2)), 'flag -2'],
    spares: [
      'a phone, where the call covers the page',
      facts({
        challenge: { answers: [left(2), left(2)] },
        endpoint: { userAgent: mobileAgent() },
      }),
      'flag -1',
    ],
  },
  PER_GOOD_HISTORY: {
    fires: [at({ past: { possessionVerified: 2, disputed: 0 } }), 'pass +3'],
    spares: [
      'a participant in whose name a case was disputed',
      at({ past: { possessionVerified: 9, disputed: 1 } }),
      'pass',
    ],
  },
  PER_HABIT: {
    fires: [habitual({ rhythm: byProgram, mouse: { presses: 0, centred: 0 } }), 'flag -3'],
    spares: ['a participant who dictates this time', habitual({ accessibility: true }), 'not_applicable'],
  },
  PER_AGENT_ALARM: {
    fires: [
      signals({ agentAlarm: { configured: true, value: { at: now, by: 'Alex Agent' } } }),
      'critical floor 9',
    ],
    spares: [
      'a case in which nobody pressed it',
      signals({ agentAlarm: { configured: true, value: null } }),
      'pass',
    ],
  },
}

function mobileAgent() {
  const { userAgent } = facts().endpoint
  return userAgent && { ...userAgent, isMobile: true }
}
