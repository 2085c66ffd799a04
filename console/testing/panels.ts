import type { Evidence, Transcript, VerificationPanel } from '#api/contract/console-verifications.ts'
import type { MatchCode } from '#api/contract/console.ts'
import { idOf, minutesAgo } from './fixtures.ts'
import { scoredPanel } from './scored-panel.ts'

/** The code to read out. */
export const matchCode: MatchCode = {
  code: '481927',
  phrase: ['amber', 'heron'],
  linkOrdinal: 1,
  expiresAt: minutesAgo(-8),
  triesLeft: 5,
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
  wouldAsk: [],
  instruction: null,
  actions: {
    approve: {
      gives: null,
      allowed: false,
      reason: { key: 'refusal.state_does_not_allow', slots: { state: 'link_sent' } },
    },
    refuse: {
      allowed: false,
      reason: { key: 'refusal.state_does_not_allow', slots: { state: 'link_sent' } },
    },
    resend: { allowed: true, reason: null },
    stop: { allowed: false, reason: { key: 'refusal.state_does_not_allow', slots: {} } },
    askApprover: {
      allowed: false,
      reason: { key: 'refusal.state_does_not_allow', slots: { state: 'link_sent' } },
    },
    cancel: { allowed: true, reason: null },
    label: { allowed: false, reason: { key: 'refusal.state_does_not_allow', slots: {} } },
    exercise: { allowed: false, reason: { key: 'refusal.state_does_not_allow', slots: {} } },
  },
  nextApprover: null,
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
  nextApprover: null,
  decidedBy: { name: 'Maria Okafor', at: minutesAgo(4), reason: 'Known voice, all answers right' },
  action: { state: 'completed', at: minutesAgo(3), reason: null, sessionsEnded: 'done', scheduledFor: null },
  actions: {
    approve: { gives: null, allowed: false, reason: null },
    refuse: { allowed: false, reason: null },
    resend: { allowed: false, reason: null },
    askApprover: { allowed: false, reason: null },
    stop: { allowed: false, reason: { key: 'refusal.state_does_not_allow', slots: {} } },
    cancel: { allowed: false, reason: null },
    label: { allowed: true, reason: null },
    exercise: { allowed: true, reason: null },
  },
  feedback: { rating: 'easy', comment: 'Quick and clear', at: minutesAgo(2) },
  labels: [
    {
      label: 'genuine',
      reason: 'Called back on the desk phone',
      basis: 'outside',
      byName: 'Jan Weiss',
      at: minutesAgo(1),
    },
  ],
}

/** The questions of the scored case. */
export const transcript: Transcript = {
  entries: [
    {
      position: 1,
      family: 'manager',
      prompt: { key: 'question.manager.choice', slots: {} },
      reply: { kind: 'text', text: 'Jonas Weber' },
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
      group: 'path',
      evidence: [
        { label: 'list', value: 'tor-exits, 2026-06-17', sensitivity: 0 },
        { label: 'range', value: '198.51.100.0/24', sensitivity: 2 },
      ],
    },
  ],
}
