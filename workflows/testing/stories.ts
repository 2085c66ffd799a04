/** Stories that every release must still be able to replay. Each is played on a real server and recorded. */
import {
  answersCompletedSignal,
  cancelUpdate,
  deliveryReportedSignal,
  reportedSignal,
  resendUpdate,
  submitPasskeyUpdate,
  submitSecondCodeUpdate,
} from '../messages.ts'
import { approvalStories } from './approval-stories.ts'
import { approverStories } from './approver-stories.ts'
import { agent, complete, decide, open, typeCode } from './story-steps.ts'
import { purposeStories, startStories } from './purpose-stories.ts'
import { lateMfaStories, lateResetStories, repeatStories } from './repeat-stories.ts'
import { maintenanceStories, searchStories } from './one-activity-stories.ts'
import { resetStories } from './reset-stories.ts'
import { waitStories } from './wait-stories.ts'
import type { Story } from './story.ts'

const target = { channel: 'email', contactId: 'contact-2', contactMasked: 'j•••@•••', actor: agent } as const

const verificationStories: readonly Omit<Story, 'type'>[] = [
  {
    name: 'approved',
    script: {},
    play: async (running) => {
      await open(running)
      await typeCode(running)
      await complete(running)
      await decide(running, 'approved')
    },
  },
  {
    name: 'refused',
    script: { recordDecision: { refusal: null, moves: ['refuse'], childId: null } },
    play: async (running) => {
      await open(running)
      await typeCode(running)
      await complete(running)
      await decide(running, 'refused')
    },
  },
  {
    name: 'not-decided-at-first',
    script: {
      recordDecision: (call) =>
        call === 1
          ? { refusal: 'evidence_missing', moves: [], childId: null }
          : { refusal: null, moves: ['refuse'], childId: null },
    },
    play: async (running) => {
      await open(running)
      await typeCode(running)
      await complete(running)
      await decide(running, 'approved')
      await decide(running, 'refused')
    },
  },
  {
    name: 'wrong-code-first',
    script: {
      acceptMatchCode: (call) =>
        call === 1
          ? { accepted: false, reason: 'code_wrong', triesLeft: 4 }
          : { accepted: true, portalSessionId: 's', route: 'questions', moves: ['open', 'begin'] },
    },
    play: async (running) => {
      await open(running)
      await typeCode(running, 'input-1')
      await typeCode(running, 'input-2')
      await complete(running)
      await decide(running, 'approved')
    },
  },
  {
    name: 'undelivered-then-sent-again',
    script: {
      deliverLink: (call) => ({
        delivery: call === 1 ? 'refused' : 'accepted',
        deliveryId: `delivery-${String(call)}`,
        linkExpiresAt: '2030-01-01T00:00:00.000Z',
        refusal: null,
      }),
    },
    play: async (running) => {
      await open(running)
      await running.handle.executeUpdate(resendUpdate, { args: [target], updateId: 'resend-1' })
      await running.handle.executeUpdate(cancelUpdate, {
        args: [{ actor: agent, reason: 'done' }],
        updateId: 'c',
      })
    },
  },
  {
    name: 'delivery-reported',
    script: {},
    play: async (running) => {
      await open(running)
      const report = { reportId: 'report-1', deliveryId: 'delivery-1', status: 'undelivered' } as const
      await running.handle.signal(deliveryReportedSignal, report)
      await running.reaches('undelivered')
      await running.handle.signal(deliveryReportedSignal, report)
      await running.handle.executeUpdate(resendUpdate, { args: [target], updateId: 'resend-1' })
      await running.handle.executeUpdate(cancelUpdate, {
        args: [{ actor: agent, reason: 'done' }],
        updateId: 'c',
      })
    },
  },
  {
    name: 'thin-file',
    script: {
      acceptMatchCode: {
        accepted: true,
        portalSessionId: 's',
        route: 'second_contact',
        moves: ['open', 'begin'],
      },
      acceptSecondCode: (call) => {
        if (call === 1) return { asksAgain: true }
        return call === 2 ? { accepted: false, reason: 'code_wrong', triesLeft: 4 } : { accepted: true }
      },
    },
    play: async (running) => {
      await open(running)
      await typeCode(running)
      for (const inputId of ['second-1', 'second-2', 'second-3']) {
        await running.handle.executeUpdate(submitSecondCodeUpdate, { args: [{ inputId }], updateId: inputId })
      }
      await running.reaches('awaiting_decision')
      await decide(running, 'approved')
    },
  },
  {
    name: 'more-evidence',
    script: {
      scoreVerification: (call) => ({
        moves: call === 1 ? [] : ['complete', 'hand_over'],
        recommendation: call === 1 ? 'hold' : 'approve',
        riskTenths: 55,
        band: 'elevated',
        childId: null,
        asksSecondContact: call === 1,
        asksApprover: false,
      }),
    },
    play: async (running) => {
      await open(running)
      await typeCode(running)
      await running.handle.signal(answersCompletedSignal, { completionId: 'completion-1' })
      await running.reaches('answering')
      const second = { args: [{ inputId: 'second-1' }], updateId: 'second-1' } as const
      await running.handle.executeUpdate(submitSecondCodeUpdate, {
        ...second,
        args: [{ inputId: 'second-1' }],
      })
      await running.reaches('awaiting_decision')
      await decide(running, 'approved')
    },
  },
  {
    name: 'passkey-asked',
    script: {
      scoreVerification: (call) => ({
        moves: call === 1 ? [] : ['complete', 'hand_over'],
        recommendation: call === 1 ? 'hold' : 'approve',
        riskTenths: 55,
        band: 'elevated',
        childId: null,
        asksSecondContact: false,
        asksApprover: false,
      }),
      acceptPasskey: (call) =>
        call === 1
          ? { isOver: false, refusal: 'passkey_refused', triesLeft: 4 }
          : { isOver: true, refusal: null, triesLeft: 3 },
    },
    play: async (running) => {
      await open(running)
      await typeCode(running)
      await running.handle.signal(answersCompletedSignal, { completionId: 'completion-1' })
      await running.reaches('answering')
      for (const inputId of ['passkey-1', 'passkey-2']) {
        await running.handle.executeUpdate(submitPasskeyUpdate, { args: [{ inputId }], updateId: inputId })
      }
      await running.reaches('awaiting_decision')
      await decide(running, 'approved')
    },
  },
  {
    name: 'refused-by-policy',
    script: {
      scoreVerification: {
        moves: ['complete', 'refuse'],
        recommendation: 'refuse',
        riskTenths: 93,
        band: 'high',
        childId: null,
        asksSecondContact: false,
        asksApprover: false,
      },
    },
    play: async (running) => {
      await open(running)
      await typeCode(running)
      await running.handle.signal(answersCompletedSignal, { completionId: 'completion-1' })
    },
  },
  {
    name: 'not-enough-questions',
    script: {
      scoreVerification: {
        moves: ['complete', 'end_short'],
        recommendation: 'hold',
        riskTenths: 40,
        band: 'guarded',
        childId: null,
        asksSecondContact: false,
        asksApprover: false,
      },
    },
    play: async (running) => {
      await open(running)
      await typeCode(running)
      await running.handle.signal(answersCompletedSignal, { completionId: 'completion-1' })
    },
  },
  ...approverStories,
  ...approvalStories,
  // Long enough for the answer to come before the end, on a busy machine, too.
  { name: 'expired', script: {}, seconds: 15, play: open },
  {
    name: 'reported',
    script: {},
    play: async (running) => {
      await open(running)
      await typeCode(running)
      await running.handle.signal(reportedSignal, { reportId: 'report-1' })
    },
  },
  {
    name: 'operator-cancelled',
    script: {},
    isCancelled: true,
    play: async (running) => {
      await open(running)
      await typeCode(running)
      await running.handle.cancel()
    },
  },
  {
    name: 'handed-over',
    script: {},
    runs: 2,
    play: async (running) => {
      const report = { reportId: 'report-1', deliveryId: 'delivery-1', status: 'delivered' } as const
      await open(running)
      await running.handle.signal(deliveryReportedSignal, report)
      await typeCode(running)
      // The provider and the portal repeat themselves: nothing is done again.
      const repeat = () => running.handle.signal(deliveryReportedSignal, report)
      await running.isHandedOver(repeat)
      await repeat()
      await typeCode(running)
      await complete(running)
      await decide(running, 'approved')
    },
  },
  {
    name: 'acts',
    purpose: 'password_reset',
    script: {
      recordDecision: { refusal: null, moves: ['approve'], childId: 'CHILD' },
      issueGrant: { grantId: null, reason: 'grant_unusable' },
    },
    play: async (running) => {
      await open(running)
      await typeCode(running)
      await complete(running)
      await decide(running, 'approved')
    },
  },
]

/** All stories. */
export const stories: readonly Story[] = [
  ...verificationStories.map((story) => ({ type: 'verification' as const, ...story })),
  ...repeatStories.map((story) => ({ type: 'verification' as const, ...story })),
  ...startStories.map((story) => ({ type: 'verification' as const, ...story })),
  ...waitStories.map((story) => ({ type: 'passwordReset' as const, ...story })),
  ...resetStories.map((story) => ({ type: 'passwordReset' as const, ...story })),
  ...lateResetStories.map((story) => ({ type: 'passwordReset' as const, ...story })),
  ...purposeStories,
  ...lateMfaStories.map((story) => ({ type: 'mfaReset' as const, ...story })),
  ...searchStories.map((story) => ({ type: 'directorySearch' as const, ...story })),
  ...maintenanceStories.map((story) => ({ type: 'maintenance' as const, ...story })),
]
