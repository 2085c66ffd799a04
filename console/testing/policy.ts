import type { PolicyPage } from '#api/contract/console-policy.ts'
import { defaultPolicy } from '#domain/policy/defaults.ts'

const head: PolicyPage['current'] = {
  version: 4,
  savedBy: 'Henrik Solvang',
  savedAt: '2026-06-01T09:00:00.000Z',
  effectiveAt: '2026-06-01T09:00:00.000Z',
  reason: 'As agreed.',
  acceptedBy: null,
  confirmedBy: null,
  ends: null,
}

/** The policy's page when nothing waits. */
export const policyPage: PolicyPage = {
  current: head,
  // The contract's lists are mutable.
  policy: JSON.parse(JSON.stringify({ ...defaultPolicy(), version: 4 })) as PolicyPage['policy'],
  scheduled: null,
  proposals: [],
  checks: [
    {
      code: 'NET_TOR_EXIT',
      category: 'network',
      mode: 'live',
      asks: 'one_more_kind',
      weights: { exit: -12 },
    },
    { code: 'PER_HOUR', category: 'persona', mode: 'live', asks: 'points', weights: { odd: -3 } },
  ],
  threat: null,
  harvests: [],
  recorded: [],
}

/** A proposal of another admin. */
export const proposal: PolicyPage['proposals'][number] = {
  id: '7c5c4d9e-53f5-4f6f-9d2c-1f0a54a3a001',
  baseVersion: 4,
  reason: 'Links arrive late.',
  proposedBy: { id: '7c5c4d9e-53f5-4f6f-9d2c-1f0a54a3a0aa', name: 'Priya Castellan' },
  proposedAt: '2026-06-02T09:00:00.000Z',
  expiresAt: '2026-06-09T09:00:00.000Z',
  isOutdated: false,
  changes: [{ path: 'lifetimes.smsLink', before: 600, after: 1200 }],
  weakened: [{ path: 'lifetimes.smsLink', by: 'up' }],
}
