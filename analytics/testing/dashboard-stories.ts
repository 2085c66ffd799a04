import { randomUUID } from 'node:crypto'
import type { Story } from './story.ts'

/** The tenant that is looked at, and two of its agents. */
export const tenantId: string = randomUUID()
export const okafor: string = randomUUID()
export const weiss: string = randomUUID()

const scored = (riskTenths: number, band: string, correct: number, incorrect: number, reasons: string[]) =>
  [
    'verification.scored',
    { riskTenths, band, correct, incorrect, partial: 0, invalid: 0, skipped: 1, reasons },
  ] as const

/** Few enough to count by hand. Six in the period (2 to 4 March in Berlin), one the day before, one of another tenant. */
export const stories: readonly Story[] = [
  {
    // Monday 2 March 00:30 in Berlin, still Sunday in UTC. Passed and changed after 100 s.
    startedAt: '2026-03-01T23:30:00.000Z',
    referrerId: okafor,
    happened: [
      [0, 'verification.created'],
      [1, 'link.sent', { ordinal: 1, delivery: 'accepted' }],
      [3, 'link.delivery_reported', { status: 'delivered' }],
      [10, 'link.page_seen', { scannerLike: false }],
      [30, 'verification.opened', { route: 'questions' }],
      [80, 'answers.completed', { route: 'questions' }],
      [81, ...scored(12, 'low', 3, 0, ['NET_NEW_COUNTRY'])],
      [100, 'verification.closed', { outcome: 'passed', decision: 'approved' }],
      [130, 'reset.completed', { action: 'completed' }],
      [140, 'feedback.given', { rating: 'easy' }],
    ],
    tenantId,
  },
  {
    // Passed after 200 s; the password was never set. By e-mail, which reports no delivery and was seen by nobody.
    startedAt: '2026-03-02T09:00:00.000Z',
    channel: 'email',
    referrerId: okafor,
    happened: [
      [0, 'verification.created'],
      [1, 'link.sent'],
      [30, 'verification.opened'],
      [90, 'answers.completed'],
      [91, ...scored(40, 'guarded', 2, 1, ['NET_NEW_COUNTRY', 'CHA_ANSWER'])],
      [200, 'verification.closed', { outcome: 'passed' }],
      [900, 'reset.expired'],
      [210, 'feedback.given', { rating: 'hard' }],
    ],
    tenantId,
  },
  {
    // Refused after 400 s, highest risk there is.
    startedAt: '2026-03-02T09:20:00.000Z',
    referrerId: weiss,
    happened: [
      [0, 'verification.created'],
      [1, 'link.sent'],
      [2, 'link.page_seen', { scannerLike: true }],
      [60, 'verification.opened'],
      [90, 'answers.completed'],
      [91, ...scored(100, 'high', 0, 2, ['NET_TOR_EXIT', 'CHA_ANSWER'])],
      [400, 'verification.closed', { outcome: 'failed' }],
      [500, 'label.given', { label: 'unsure' }],
      [600, 'label.given', { label: 'false_refusal' }],
    ],
    tenantId,
  },
  {
    // Nobody came. Only a scanner looked.
    startedAt: '2026-03-03T22:59:59.999Z',
    referrerId: weiss,
    happened: [
      [0, 'verification.created'],
      [1, 'link.sent'],
      [2, 'link.page_seen', { scannerLike: true }],
      [3600, 'verification.closed', { outcome: 'timed_out' }],
    ],
    tenantId,
  },
  {
    // A check of identity that is done once it has passed, started without an agent.
    startedAt: '2026-03-04T12:00:00.000Z',
    purpose: 'identity_check',
    referrerKind: 'self_service',
    happened: [
      [0, 'verification.created'],
      [1, 'link.sent'],
      [20, 'verification.opened'],
      [50, 'answers.completed'],
      [51, ...scored(40, 'guarded', 1, 0, [])],
      [300, 'verification.closed', { outcome: 'passed' }],
    ],
    tenantId,
  },
  {
    // Still open.
    startedAt: '2026-03-04T22:59:59.999Z',
    referrerId: okafor,
    happened: [[0, 'verification.created']],
    tenantId,
  },
  {
    // The period before.
    startedAt: '2026-03-01T22:59:59.999Z',
    referrerId: okafor,
    happened: [
      [0, 'verification.created'],
      [1, 'link.sent'],
      [500, 'verification.closed', { outcome: 'cancelled' }],
    ],
    tenantId,
  },
  {
    startedAt: '2026-03-02T09:00:00.000Z',
    tenantId: randomUUID(),
    happened: [
      [0, 'verification.created'],
      [1, 'link.sent'],
      [9, 'verification.closed', { outcome: 'passed' }],
    ],
  },
]
