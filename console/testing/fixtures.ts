import type { Dashboard } from '#api/contract/console-reports.ts'
import type {
  Check,
  Evidence,
  Transcript,
  VerificationList,
  VerificationPanel,
  VerificationRow,
} from '#api/contract/console-verifications.ts'
import type { MatchCode, PeopleFound, PersonCard, SendOptions, Session } from '#api/contract/console.ts'
import { permissionsOf, type Role } from '#domain/roles.ts'
import type { Outcome } from '#domain/verification/outcome.ts'
import { outcomes } from '#domain/verification/outcome.ts'
import { purposes } from '#domain/verification/verification.ts'

const start = Date.now()
const minutesAgo = (minutes: number): string => new Date(start - minutes * 60_000).toISOString()
const idOf = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

const names = [
  ['Ada Lindt', 'ada.lindt'],
  ['Jonas Weber', 'jonas.weber'],
  ['Maximiliane Freifrau von Hohenberg-Lüttichau', 'maximiliane.von-hohenberg-luettichau'],
  ['Óscar Núñez', 'oscar.nunez'],
  ['佐藤 花子', 'hanako.sato'],
  ['Priya Raman', 'priya.raman'],
] as const

/** The signed-in person in a role. */
export const sessionOf = (role: Role): Session => ({
  staff: {
    id: idOf(9001),
    name: 'Maria Okafor',
    email: 'maria.okafor@northwind.example',
    role,
    permissions: [...permissionsOf[role]],
  },
  tenant: { name: 'Northwind IT', slug: 'northwind' },
  banners: ['demo_sign_in'],
  csrfToken: 'fixture',
  idleSeconds: 900,
  endsAt: minutesAgo(-400),
})

const states = ['link_sent', 'answering', 'awaiting_decision', 'undelivered'] as const
const bandOf = (risk: number): VerificationRow['band'] =>
  risk < 2.1 ? 'low' : risk < 5 ? 'guarded' : risk < 7.5 ? 'elevated' : 'high'

/** Row number `index` of the list; every outcome and state comes up. */
export const rowOf = (index: number, role: Role = 'supervisor'): VerificationRow => {
  const [name, login] = names[index % names.length] ?? names[0]
  const isOpen = index % 5 === 0
  const outcome: Outcome | null = isOpen ? null : (outcomes[index % outcomes.length] ?? 'passed')
  const risk = index === 0 || outcome === 'undelivered' ? null : ((index * 37) % 101) / 10
  return {
    id: idOf(index + 1),
    participant: { id: idOf(500 + (index % names.length)), name, email: `${login}@northwind.example` },
    purpose: purposes[(index * 3) % purposes.length] ?? 'password_reset',
    state: isOpen ? (states[(index / 5) % states.length] ?? 'link_sent') : 'closed',
    outcome,
    decision: outcome === 'passed' ? 'approved' : outcome === 'failed' ? 'refused' : null,
    action: outcome === 'passed' ? 'completed' : 'none',
    risk: role === 'agent' ? null : risk,
    band: risk === null ? null : bandOf(risk),
    referrer: { id: idOf(9001 + (index % 2)), name: index % 2 === 0 ? 'Maria Okafor' : 'Jan Weiss' },
    channel: index % 3 === 0 ? 'sms' : 'email',
    contactMasked: index % 3 === 0 ? '••• 42' : 'a•••@northwind.example',
    ticket: index % 4 === 0 ? null : `INC-${4700 + index}`,
    feedback: outcome === 'passed' ? (index % 2 === 0 ? 'easy' : 'hard') : null,
    startedAt: minutesAgo(index * index * 7 + 2),
    completedAt: isOpen ? null : minutesAgo(index * index * 7),
  }
}

/** The first page of the list. */
export const listOf = (count: number, role: Role = 'supervisor'): VerificationList => ({
  rows: Array.from({ length: count }, (_, index) => rowOf(index, role)),
  nextCursor: count >= 50 ? 'more' : null,
  count: { value: count >= 50 ? 1000 : count, capped: count >= 50 },
  referrers: [
    { id: idOf(9001), name: 'Maria Okafor' },
    { id: idOf(9002), name: 'Jan Weiss' },
  ],
  searchCapped: false,
})

/** People that a search finds. */
export const peopleFound: PeopleFound = {
  people: names.map(([name, login], index) => ({
    id: idOf(500 + index),
    name,
    login,
    workEmail: `${login}@northwind.example`,
    title: index === 3 ? null : 'Analyst',
    department: 'Finance',
    tier: index === 1 ? 'privileged' : 'standard',
    accountState: index === 2 ? 'locked' : 'active',
  })),
  more: true,
}

/** The person card; with every kind of warning. */
export const personCard: PersonCard = {
  id: idOf(500),
  name: 'Ada Lindt',
  login: 'ada.lindt',
  workEmail: 'ada.lindt@northwind.example',
  title: 'Senior Analyst',
  department: 'Finance',
  team: 'Treasury',
  office: 'Leeds',
  country: 'GB',
  timeZone: 'Europe/London',
  managerName: 'Jonas Weber',
  hiredOn: '2019-04-01',
  tier: 'privileged',
  accountState: 'locked',
  passwordChangedAt: minutesAgo(60 * 24 * 80),
  refreshedAt: minutesAgo(1),
  neverViaHelpDesk: false,
  contacts: [
    {
      id: idOf(701),
      kind: 'phone',
      label: 'mobile',
      masked: '••• 42',
      lineType: 'mobile',
      source: 'directory',
      firstSeenAt: minutesAgo(900_000),
      lastChangedAt: minutesAgo(500_000),
    },
    {
      id: idOf(702),
      kind: 'email',
      label: 'private',
      masked: 'a•••@mail.example',
      lineType: null,
      source: 'directory',
      firstSeenAt: minutesAgo(300),
      lastChangedAt: minutesAgo(300),
    },
  ],
  recent: [3, 4, 6].map((index) => {
    const row = rowOf(index)
    return {
      id: row.id,
      purpose: row.purpose,
      state: row.state,
      outcome: row.outcome,
      channel: row.channel,
      referrerName: row.referrer.name,
      startedAt: row.startedAt,
    }
  }),
  openVerificationId: null,
  warnings: [
    { key: 'warning.account_locked', slots: {} },
    { key: 'warning.contact_changed', slots: { contact: 'a•••@mail.example', hours: 5 } },
    { key: 'warning.failed_today', slots: { count: 2 } },
  ],
}

/** What may be sent to whom. */
export const sendOptions: SendOptions = {
  purposes: ['password_reset', 'identity_check'],
  evidence: ['possession'],
  options: [
    {
      contactId: idOf(701),
      channel: 'sms',
      masked: '••• 42',
      label: 'mobile',
      allowed: true,
      reasons: [],
      warnings: [{ key: 'send.sms_not_alone', slots: { contact: '••• 42' } }],
      preview: {
        subject: null,
        text: 'Northwind IT: did you contact the help desk? Open https://verify.northwind.example/v#… within 10 minutes. We will never ask you to read this link to anyone.',
      },
    },
    {
      contactId: idOf(702),
      channel: 'email',
      masked: 'a•••@mail.example',
      label: 'private',
      allowed: false,
      reasons: [{ key: 'send.contact_changed', slots: { contact: 'a•••@mail.example' } }],
      warnings: [],
      preview: { subject: 'Northwind IT: did you contact the help desk?', text: 'Hello Ada, …' },
    },
  ],
  blocked: null,
}

/** The code to read out. */
export const matchCode: MatchCode = {
  code: '481927',
  phrase: ['amber', 'heron'],
  linkOrdinal: 1,
  expiresAt: minutesAgo(-8),
  triesLeft: 5,
}

const check = (code: string, given: Partial<Check> & Pick<Check, 'text'>): Check => ({
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
  check('END_CDP', { category: 'endpoint', mode: 'shadow', text: { key: 'cdp.pass', slots: {} } }),
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
    scoredAt: minutesAgo(5),
    closedAt: null,
  },
  recommendation: 'hold',
  recommendationReasons: [
    { key: 'policy.contact_changed', slots: {} },
    { key: 'policy.evidence_missing', slots: {} },
  ],
  instruction: { key: 'instruction.new_evidence', slots: {} },
  decidedBy: null,
  action: { state: 'none', at: null, reason: null, sessionsEnded: null },
  actions: {
    approve: { allowed: false, reason: { key: 'refusal.evidence_missing', slots: { missing: 1 } } },
    refuse: { allowed: true, reason: null },
    resend: {
      allowed: false,
      reason: { key: 'refusal.state_does_not_allow', slots: { state: 'awaiting_decision' } },
    },
    cancel: { allowed: true, reason: null },
    label: { allowed: false, reason: { key: 'refusal.state_does_not_allow', slots: {} } },
  },
  score: {
    r: 6.4,
    rDecide: 7.1,
    band: 'elevated',
    categories: [
      { category: 'network', e: -16, r: 8.8, coverage: 0.9 },
      { category: 'endpoint', e: -3.2, r: 4.1, coverage: 1 },
      { category: 'persona', e: -6, r: 5.2, coverage: 1 },
      { category: 'challenge', e: 9, r: 1.2, coverage: 1 },
      { category: 'possession', e: 6, r: null, coverage: null },
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
      status: 'delivered',
      at: minutesAgo(12),
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
  feedback: null,
  labels: [],
  shownHash: '0'.repeat(64),
  resendContactId: idOf(701),
  workflowUrl: null,
  versions: { policy: 3, data: 'iptoasn 2026-06-17' },
}

/** The same case as an agent sees it, before the match code. */
export const livePanel: VerificationPanel = {
  ...scoredPanel,
  row: { ...scoredPanel.row, id: idOf(12), state: 'link_sent', risk: null, band: null },
  canReadMatchCode: true,
  progress: {
    ...scoredPanel.progress,
    codeAcceptedAt: null,
    codeTries: 0,
    answered: 0,
    answersCompletedAt: null,
    scoredAt: null,
  },
  recommendation: null,
  recommendationReasons: [],
  instruction: null,
  actions: {
    approve: {
      allowed: false,
      reason: { key: 'refusal.state_does_not_allow', slots: { state: 'link_sent' } },
    },
    refuse: {
      allowed: false,
      reason: { key: 'refusal.state_does_not_allow', slots: { state: 'link_sent' } },
    },
    resend: { allowed: true, reason: null },
    cancel: { allowed: true, reason: null },
    label: { allowed: false, reason: { key: 'refusal.state_does_not_allow', slots: {} } },
  },
  score: null,
  checks: null,
  device: null,
  verdicts: { correct: 0, partial: 0, incorrect: 0, invalid: 0, skipped: 0 },
  timeline: scoredPanel.timeline.slice(0, 3),
}

/** A closed case: password changed, feedback given. */
export const closedPanel: VerificationPanel = {
  ...scoredPanel,
  row: {
    ...scoredPanel.row,
    id: idOf(13),
    state: 'closed',
    outcome: 'passed',
    decision: 'approved',
    risk: 1.4,
    band: 'low',
    completedAt: minutesAgo(3),
  },
  recommendation: 'approve',
  recommendationReasons: [{ key: 'policy.nothing_against', slots: {} }],
  instruction: null,
  decidedBy: { name: 'Maria Okafor', at: minutesAgo(4), reason: 'Known voice, all answers right' },
  action: { state: 'completed', at: minutesAgo(3), reason: null, sessionsEnded: 'done' },
  actions: {
    approve: { allowed: false, reason: null },
    refuse: { allowed: false, reason: null },
    resend: { allowed: false, reason: null },
    cancel: { allowed: false, reason: null },
    label: { allowed: true, reason: null },
  },
  feedback: { rating: 'easy', comment: 'Quick and clear', at: minutesAgo(2) },
  labels: [
    { label: 'genuine', reason: 'Called back on the desk phone', byName: 'Jan Weiss', at: minutesAgo(1) },
  ],
}

/** The questions of the scored case. */
export const transcript: Transcript = {
  entries: [
    {
      position: 1,
      family: 'manager',
      prompt: { key: 'question.manager.choice', slots: {} },
      reply: 'Jonas Weber',
      verdict: 'correct',
      timedOut: false,
      seconds: 11.2,
      extensions: 0,
      askedAt: minutesAgo(8),
    },
    {
      position: 2,
      family: 'asset_tag',
      prompt: { key: 'question.asset_tag.typed', slots: { device: 'laptop', characters: 4 } },
      reply: null,
      verdict: 'skipped',
      timedOut: true,
      seconds: 120,
      extensions: 1,
      askedAt: minutesAgo(7),
    },
  ],
}

/** Evidence that opens only when asked for. */
export const evidence: Evidence = {
  checks: [
    {
      code: 'NET_TOR_EXIT',
      evidence: [
        { label: 'list', value: 'tor-exits, 2026-06-17', sensitivity: 0 },
        { label: 'range', value: '198.51.100.0/24', sensitivity: 2 },
      ],
    },
  ],
}

const day = (index: number, of: number): string =>
  new Date(start - (of - 1 - index) * 86_400_000).toISOString().slice(0, 10)
const wave = (index: number, size: number): number => Math.round(size * (1 + Math.sin(index * 1.7) * 0.6))

/** A dashboard of `days` days. */
export const dashboardOf = (days: number): Dashboard => {
  const each = <T>(make: (index: number) => T): T[] => Array.from({ length: days }, (_, index) => make(index))
  const figure = (value: number, previous: number | null) => ({
    value,
    previous,
    spark: each((index) => (index % 7 === 6 ? null : wave(index, value))),
  })
  const slice = (key: string, name: string, started: number) => ({
    key,
    name,
    started,
    closed: Math.round(started * 0.95),
    passed: Math.round(started * 0.8),
    medianSeconds: 210,
    highRisk: Math.round(started * 0.04),
  })
  return {
    period: { from: `${day(0, days)}T00:00:00.000Z`, to: `${day(days - 1, days)}T00:00:00.000Z` },
    previous: { from: `${day(0, days * 2)}T00:00:00.000Z`, to: `${day(0, days)}T00:00:00.000Z` },
    asOf: minutesAgo(0.1),
    figures: {
      started: figure(612, 540),
      completionRate: figure(0.912, 0.934),
      passRate: figure(0.87, 0.871),
      medianSeconds: figure(214, 190),
      p95Seconds: figure(801, 640),
      challengeSuccess: figure(0.78, null),
      highRisk: figure(24, 11),
    },
    outcomesByDay: each((index) => ({
      day: day(index, days),
      counts: {
        passed: wave(index, 14),
        failed: wave(index + 2, 3),
        timed_out: wave(index + 4, 2),
        not_enough_questions: wave(index, 1),
        cancelled: index % 4,
        ...(index === days - 1 ? { open: 4 } : {}),
      },
    })),
    timeByDay: each((index) => ({
      day: day(index, days),
      median: index % 9 === 8 ? null : wave(index, 210),
      p95: index % 9 === 8 ? null : wave(index + 1, 700),
    })),
    funnel: ['sent', 'delivered', 'opened', 'code', 'answered', 'scored', 'approved', 'done'].map(
      (step, index) => ({ step, count: 612 - index * 37 }),
    ),
    riskBins: Array.from({ length: 10 }, (_, index) => ({
      from: index,
      to: index + 1,
      count: [210, 130, 80, 40, 31, 20, 12, 9, 11, 4][index] ?? 0,
    })),
    byChannel: [slice('sms', 'sms', 420), slice('email', 'email', 192)],
    byPurpose: [
      slice('password_reset', 'password_reset', 540),
      slice('identity_check', 'identity_check', 72),
    ],
    byAgent: [slice(idOf(9001), 'Maria Okafor', 320), slice(idOf(9002), 'Jan Weiss', 292)],
    hourOfWeek: Array.from({ length: 7 }, (_, weekday) =>
      Array.from({ length: 24 }, (__, hour) =>
        weekday > 4 || hour < 7 || hour > 19
          ? 0
          : Math.max(0, 9 - Math.abs(hour - 10) + (weekday === 0 ? 4 : 0)),
      ),
    ),
    topReasons: [
      { code: 'END_NEW_DEVICE', count: 112 },
      { code: 'NET_NEW_ASN', count: 81 },
      { code: 'PER_CONTACT_CHANGED', count: 33 },
      { code: 'NET_VPN_ASN', count: 19 },
    ],
    feedback: { easy: 122, hard: 17 },
  }
}
