import type { VerificationList, VerificationRow } from '#api/contract/console-verifications.ts'
import type { PeopleFound, PersonCard, SendOptions, Session } from '#api/contract/console.ts'
import { permissionsOf, type Role } from '#domain/roles.ts'
import type { Outcome } from '#domain/verification/outcome.ts'
import { outcomes } from '#domain/verification/outcome.ts'
import { purposes } from '#domain/verification/verification.ts'

const start = Date.now()
/** An instant so many minutes before the fixtures were made. */
export const minutesAgo = (minutes: number): string => new Date(start - minutes * 60_000).toISOString()
/** A made-up id. */
export const idOf = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

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

const outcomeOf = (index: number): Outcome | null =>
  index % 5 === 0 ? null : (outcomes[index % outcomes.length] ?? null)
const riskOf = (index: number): number | null =>
  index === 0 || outcomeOf(index) === 'undelivered' ? null : ((index * 37) % 101) / 10
const pick = <T>(list: readonly [T, ...T[]], index: number): T => list[index % list.length] ?? list[0]
const decisionOf = (outcome: Outcome | null): VerificationRow['decision'] => {
  if (outcome === 'passed') return 'approved'
  return outcome === 'failed' ? 'refused' : null
}
const endOf = (
  index: number,
): Pick<VerificationRow, 'state' | 'outcome' | 'decision' | 'action' | 'feedback' | 'completedAt'> => {
  const outcome = outcomeOf(index)
  if (outcome === null)
    return {
      state: pick(states, index / 5),
      outcome,
      decision: null,
      action: 'none',
      feedback: null,
      completedAt: null,
    }
  return {
    state: 'closed',
    outcome,
    decision: decisionOf(outcome),
    action: outcome === 'passed' ? 'completed' : 'none',
    feedback: outcome === 'passed' ? pick(['easy', 'hard'], index) : null,
    completedAt: minutesAgo(index * index * 7),
  }
}

/** Row number `index` of the list; every outcome and state comes up. */
export const rowOf = (index: number, role: Role = 'supervisor'): VerificationRow => {
  const [name, login] = names[index % names.length] ?? names[0]
  const risk = riskOf(index)
  const isSms = index % 3 === 0
  return {
    id: idOf(index + 1),
    participant: { id: idOf(500 + (index % names.length)), name, email: `${login}@northwind.example` },
    purpose: pick(purposes, index * 3),
    risk: role === 'agent' ? null : risk,
    band: risk === null ? null : bandOf(risk),
    referrer: { id: idOf(9001 + (index % 2)), name: pick(['Maria Okafor', 'Jan Weiss'], index) },
    channel: isSms ? 'sms' : 'email',
    contactMasked: isSms ? '••• 42' : 'a•••@northwind.example',
    ticket: index % 4 === 0 ? null : `INC-${4700 + index}`,
    startedAt: minutesAgo(index * index * 7 + 2),
    ...endOf(index),
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
    accountState: index === 2 ? 'locked' : 'active',
  })),
  more: true,
  note: null,
  canAskDirectories: true,
}

/** The person card; with every kind of warning. */
export const personCard: PersonCard = {
  id: idOf(500),
  name: 'Ada Lindt',
  login: 'ada.lindt',
  workEmail: 'ada.lindt@northwind.example',
  passkeys: [
    {
      id: idOf(540),
      name: 'Chrome, Android',
      createdAt: '2026-01-02T09:00:00.000Z',
      lastUsedAt: null,
      state: 'waiting',
    },
  ],
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
  protection: null,
  contacts: [
    {
      id: idOf(701),
      kind: 'phone',
      label: 'mobile',
      masked: '••• 42',
      isReadable: true,
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
      isReadable: true,
      lineType: null,
      source: 'directory',
      firstSeenAt: minutesAgo(300),
      lastChangedAt: minutesAgo(300),
    },
  ],
  sheet: {
    id: idOf(541),
    madeAt: '2026-01-02T09:00:00.000Z',
    countsFrom: '2026-01-03T09:00:00.000Z',
    codesLeft: 8,
    state: 'usable',
  },
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
  freeze: null,
}

/** The options for sending. */
export const sendOptions: SendOptions = {
  purposes: ['password_reset', 'identity_check'],
  evidence: ['possession'],
  options: [
    {
      contactId: idOf(701),
      channel: 'sms',
      masked: '••• 42',
      label: 'mobile',
      lineType: 'mobile',
      source: 'hr',
      lastChangedAt: minutesAgo(500_000),
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
      lineType: null,
      source: 'self_service',
      lastChangedAt: minutesAgo(300),
      allowed: false,
      reasons: [{ key: 'send.contact_changed', slots: { contact: 'a•••@mail.example' } }],
      warnings: [],
      preview: { subject: 'Northwind IT: did you contact the help desk?', text: 'Hello Ada, …' },
    },
  ],
  blocked: null,
}
