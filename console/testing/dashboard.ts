import type { Dashboard } from '#api/contract/console-reports.ts'
import { idOf, minutesAgo } from './fixtures.ts'

const day = (index: number, of: number): string =>
  new Date(Date.now() - (of - 1 - index) * 86_400_000).toISOString().slice(0, 10)
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
      overturned: figure(3, 5),
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
