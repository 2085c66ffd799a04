import type { Check } from '#api/contract/console-score.ts'
import type { VerificationPanel } from '#api/contract/console-verifications.ts'
import { idOf, minutesAgo, rowOf } from './fixtures.ts'

/** A category that one check makes up. */
const alone = (code: string, size: number) => ({
  before: size,
  groups: [{ group: 'x', hits: [{ code, weight: size, quality: 1, factor: 1, counted: size }] }],
})

/** A check that found nothing, but for what is given. */
export const check = (code: string, given: Partial<Check> & Pick<Check, 'text'>): Check => ({
  code,
  category: 'network',
  group: 'path',
  status: 'pass',
  mode: 'live',
  weight: 0,
  applied: 0,
  remedy: null,
  evidence: [],
  hiddenEvidence: 0,
  source: { name: 'portal requests', version: '1', asOf: null },
  ...given,
})

const checks: Check[] = [
  check('NET_TOR_EXIT', {
    status: 'critical',
    weight: -16,
    applied: -16,
    text: { key: 'tor_exit.certain', slots: { date: '2026-06-17' } },
    remedy: { key: 'remedy.leave_anonymous_network', slots: {} },
    evidence: [{ label: 'list', value: 'tor-exits, 2026-06-17' }],
    hiddenEvidence: 1,
    source: { name: 'Tor list', version: '3', asOf: '2026-06-17' },
  }),
  check('END_NEW_DEVICE', {
    category: 'endpoint',
    status: 'flag',
    weight: -4,
    applied: -3.2,
    text: { key: 'new_device.hit', slots: {} },
    evidence: [{ label: 'device', value: 'first time' }],
  }),
  check('PER_CONTACT_CHANGED', {
    category: 'persona',
    status: 'flag',
    weight: -6,
    applied: -6,
    text: { key: 'contact_changed.hit', slots: { field: 'phone number', age: '5 hours ago' } },
    remedy: { key: 'remedy.older_contact', slots: {} },
  }),
  check('NET_COUNTRY_UNEXPECTED', {
    status: 'info',
    text: { key: 'country_unexpected.hit', slots: { country: 'BR', expected: 'GB, DE' } },
  }),
  check('CHA_ANSWER', {
    category: 'challenge',
    status: 'info',
    applied: 4.1,
    text: { key: 'answer.correct', slots: { family: 'device_model', seconds: 14 } },
  }),
  check('POS_NUMBER_MATCH', { category: 'possession', text: { key: 'number_match.hit', slots: {} } }),
  check('END_CDP', { category: 'endpoint', mode: 'shadow', weight: -6, text: { key: 'cdp.hit', slots: {} } }),
]

/** A scored case that waits for a decision, as a supervisor sees it. */
export const scoredPanel: VerificationPanel = {
  row: {
    ...rowOf(1),
    id: idOf(11),
    state: 'awaiting_decision',
    outcome: null,
    risk: 6.4,
    band: 'elevated',
    completedAt: null,
    purpose: 'password_reset',
    ticket: 'INC-4711',
  },
  participant: {
    id: idOf(500),
    name: 'Ada Lindt',
    email: 'ada.lindt@northwind.example',
    title: 'Senior Analyst',
    department: 'Finance',
    office: 'Leeds',
    tier: 'standard',
    accountState: 'active',
  },
  phrase: ['amber', 'heron'],
  contactLabel: 'mobile',
  linkExpiresAt: minutesAgo(2),
  expiresAt: minutesAgo(-900),
  canReadMatchCode: false,
  progress: {
    sentAt: minutesAgo(12),
    deliveredAt: minutesAgo(11.8),
    pageSeenAt: minutesAgo(10),
    codeAcceptedAt: minutesAgo(9),
    codeTries: 1,
    route: 'questions',
    answered: 4,
    askedOf: 6,
    answersCompletedAt: minutesAgo(5),
    codeRefused: null,
    isCodeGivenUp: false,
    scoredAt: minutesAgo(5),
    closedAt: null,
  },
  recommendation: 'hold',
  recommendationReasons: [
    { key: 'policy.contact_changed', slots: {} },
    { key: 'policy.evidence_missing', slots: {} },
  ],
  wouldAsk: [],
  instruction: { key: 'instruction.new_evidence', slots: {} },
  directoryNote: null,
  decidedBy: null,
  action: { state: 'none', at: null, reason: null, sessionsEnded: null, scheduledFor: null },
  actions: {
    approve: {
      gives: null,
      allowed: false,
      reason: { key: 'refusal.evidence_missing', slots: { missing: 1 } },
    },
    refuse: { allowed: true, reason: null },
    resend: {
      allowed: false,
      reason: { key: 'refusal.state_does_not_allow', slots: { state: 'awaiting_decision' } },
    },
    askApprover: { allowed: true, reason: null },
    stop: { allowed: false, reason: { key: 'refusal.state_does_not_allow', slots: {} } },
    cancel: { allowed: true, reason: null },
    label: { allowed: false, reason: { key: 'refusal.state_does_not_allow', slots: {} } },
    exercise: { allowed: false, reason: { key: 'refusal.state_does_not_allow', slots: {} } },
  },
  score: {
    r: 6.4,
    rDecide: 7.1,
    band: 'elevated',
    e: -22.2,
    categories: [
      {
        category: 'network',
        e: -18,
        r: 8.8,
        coverage: 0.9,
        before: -21,
        groups: [
          {
            group: 'anon',
            hits: [
              { code: 'NET_TOR_EXIT', weight: -18, quality: 1, factor: 1, counted: -18 },
              { code: 'NET_HOSTING_ASN', weight: -6, quality: 1, factor: 0.5, counted: -3 },
            ],
          },
        ],
      },
      { category: 'endpoint', e: -3.2, r: 4.1, coverage: 1, ...alone('END_NEW_DEVICE', -3.2) },
      { category: 'persona', e: -6, r: 5.2, coverage: 1, ...alone('PER_CONTACT_CHANGED', -6) },
      { category: 'challenge', e: 9, r: 1.2, coverage: 1, ...alone('CHA_ANSWER', 9) },
      { category: 'possession', e: 6, r: null, coverage: null, ...alone('POS_NUMBER_MATCH', 6) },
    ],
    floors: [{ code: 'NET_TOR_EXIT', value: 6, text: { key: 'floor.NET_TOR_EXIT', slots: { value: 6 } } }],
    reasons: checks
      .filter(({ applied }) => applied !== 0)
      .map(({ code, category, text, applied }) => ({ code, category, text, applied, without: 3.1 })),
  },
  checks,
  verdicts: { correct: 3, partial: 0, incorrect: 1, invalid: 0, skipped: 0 },
  device: {
    browser: 'Firefox 141',
    os: 'Windows 11',
    language: 'en-GB',
    timeZone: 'Europe/London',
    addressMasked: '198.51.100.x',
    country: 'BR',
    network: 'Example Hosting Ltd',
    known: false,
    sessionStartedAt: minutesAgo(9),
    sessionEndedAt: null,
  },
  deliveries: [
    {
      kind: 'link',
      ordinal: 1,
      channel: 'sms',
      contactMasked: '••• 42',
      contactLabel: 'mobile',
      status: 'delivered',
      at: minutesAgo(12),
      sentAt: minutesAgo(11.9),
      delayedAt: null,
      endedAt: minutesAgo(11.8),
      problem: null,
    },
  ],
  timeline: [
    { at: minutesAgo(12.2), event: { key: 'event.verification.created', slots: {} }, actor: 'Maria Okafor' },
    {
      at: minutesAgo(12),
      event: { key: 'event.link.sent', slots: { ordinal: 1, channel: 'sms' } },
      actor: 'system',
    },
    {
      at: minutesAgo(11.8),
      event: { key: 'event.link.delivery_reported', slots: { status: 'delivered' } },
      actor: 'provider',
    },
    { at: minutesAgo(9), event: { key: 'event.code.tried', slots: { tries: 1 } }, actor: 'participant' },
    { at: minutesAgo(5), event: { key: 'event.verification.scored', slots: {} }, actor: 'system' },
  ],
  approvers: [],
  approval: { isNeeded: false, given: [], mayGiveSecond: [] },
  nextApprover: { relation: 'manager', name: 'Nora Weber' },
  feedback: null,
  labels: [],
  exercise: null,
  screenHash: '0'.repeat(64),
  resendContactId: idOf(701),
  workflowUrl: null,
  versions: {
    policy: 3,
    data: [
      { name: 'ASN classes', version: '2026-11-24' },
      { name: 'IP to country', version: '2.3.2026061719' },
    ],
  },
}
