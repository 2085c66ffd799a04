import type { AccessReport } from '#api/contract/console-access.ts'
import { personCard } from './fixtures.ts'

const at = '2026-05-04T09:30:00.000Z'

/** A report with one case that passed and one that was reported. */
export const accessReport: AccessReport = {
  madeAt: at,
  reference: 'DSR-12',
  organisation: 'Northwind',
  person: {
    id: personCard.id,
    name: personCard.name,
    login: 'ada.lindt',
    email: 'ada.lindt@northwind.example',
    title: 'Engineer',
    department: 'Research',
    team: null,
    office: 'Bergen',
    country: 'NO',
    timeZone: 'Europe/Oslo',
    language: 'de',
    managerName: 'Marta Chief',
    hiredOn: '2019-04-01',
    tier: 'standard',
    accountState: 'active',
    directory: 'builtin',
    passwordChangedAt: at,
    secondStepChangedAt: null,
    refreshedAt: at,
  },
  contacts: [
    {
      id: '018f0000-0000-7000-8000-0000000000c1',
      kind: 'phone',
      label: 'mobile',
      value: '+441632960042',
      source: 'hr',
      firstSeenAt: at,
      lastChangedAt: at,
      removedAt: at,
    },
  ],
  facts: [
    { family: 'manager', source: 'directory', value: null, validFrom: at, validTo: null, readAt: at },
    {
      family: 'device',
      source: 'inventory',
      value: 'model: Lenora X4',
      validFrom: at,
      validTo: at,
      readAt: at,
    },
  ],
  verifications: [
    {
      id: '018f0000-0000-7000-8000-0000000000e1',
      startedAt: at,
      closedAt: at,
      purpose: 'password_reset',
      state: 'closed',
      outcome: 'reported',
      ticket: 'INC-7',
      referrer: { kind: 'agent', name: 'Alex Agent' },
      risk: 9.5,
      band: 'high',
      policyVersion: 1,
      decision: { decision: 'refused', by: 'policy', second: 'Greta Lead', at, reason: 'not the caller' },
      action: { state: 'expired', at },
      messages: [
        { kind: 'link', channel: 'sms', contact: '••• 42', status: 'delivered', at },
        { kind: 'notice.frozen', channel: 'email', contact: 'a•••@northwind.example', status: 'sent', at },
      ],
      asked: [
        { family: 'manager', at, listed: 5, isAnswered: true, seconds: 6.1 },
        { family: 'asset_tag', at, listed: null, isAnswered: false, seconds: null },
      ],
      checks: [
        {
          code: 'NET_TOR_EXIT',
          category: 'network',
          mode: 'live',
          status: 'critical',
          text: { key: 'net.tor.certain', slots: {} },
          applied: -12,
          evidence: [{ label: 'list', value: 'tor-exits' }],
        },
      ],
      isDetailWithheld: true,
      feedback: { rating: 'hard', comment: 'who are you', at },
      labels: [{ label: 'suspicious', reason: 'reported at once', by: 'Greta Lead', at }],
      rawUntil: at,
    },
  ],
  openings: [{ at, event: 'evidence.opened', actorKind: 'agent', verificationId: null }],
  tables: [
    {
      table: 'probe_facts',
      days: 30,
      oldest: at,
      rows: [{}, {}],
      withheld: [{ reason: 'raw', columns: ['report_sealed'] }],
    },
    { table: 'contacts', days: null, oldest: at, rows: [{}], withheld: [] },
  ],
}
