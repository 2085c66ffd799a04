/** Activities that answer as a story says, and nothing else: what they would do is not the workflows' business. */
import type { Activities } from '#activities/index.ts'
import { actingPurposes, actions } from '#domain/verification/verification.ts'
import { schedules, type ScheduledActivity } from '#domain/schedules.ts'
import type { Writes } from '../action/activity-types.ts'

/** Answers by activity: a value, or a function of the call's number (from 1) and of a cue that the story gives. */
export type Script = {
  readonly [Name in keyof Activities]?:
    | Awaited<ReturnType<Activities[Name]>>
    | ((
        call: number,
        cue: Promise<void>,
      ) => Awaited<ReturnType<Activities[Name]>> | ReturnType<Activities[Name]>)
}

const later = '2030-01-01T00:00:00.000Z'

/** The answers where a story gives none: everything goes well. */
const usual: Required<Script> = {
  deliverLink: { delivery: 'accepted', deliveryId: 'delivery-1', linkExpiresAt: later, refusal: null },
  recordTransition: undefined,
  acceptMatchCode: {
    accepted: true,
    portalSessionId: 'session-1',
    route: 'questions',
    moves: ['open', 'begin'],
  },
  deliverEntryCode: { delivery: 'accepted' },
  deliverSecondCode: { delivery: 'accepted' },
  acceptSecondCode: { accepted: true },
  askApprover: { asked: true, seconds: 900 },
  acceptApproverAnswer: { accepted: true, said: 'yes' },
  acceptPasskey: { isOver: true, refusal: null, triesLeft: 4 },
  acceptProviderSignIn: { isOver: true, triesLeft: 5 },
  acceptPush: { isOver: false, pushesLeft: 1 },
  acceptRecoveryCode: { isOver: true, isWrong: false, triesLeft: 5 },
  scoreVerification: {
    moves: ['complete', 'hand_over'],
    recommendation: 'approve',
    riskTenths: 12,
    band: 'low',
    childId: null,
    asksSecondContact: false,
    asksApprover: false,
  },
  recordDecision: { refusal: null, moves: ['approve'], childId: null },
  endFirstApproval: undefined,
  prepareAction: { kind: 'ready' },
  deliverReturnLink: {
    delivery: 'accepted',
    deliveryId: 'delivery-2',
    linkExpiresAt: later,
    refusal: null,
    contactMasked: '••• 42',
  },
  acceptReturnCode: { accepted: true, portalSessionId: 'session-2', route: 'none' },
  stopAction: { refusal: null },
  issueGrant: { grantId: 'grant-1', reason: null },
  recordIntent: { refusal: null },
  ...(Object.fromEntries(
    actingPurposes.map((purpose) => [actions[purpose].activity, { kind: 'accepted' }]),
  ) as Record<keyof Writes, { readonly kind: 'accepted' }>),
  readBack: { kind: 'done' },
  recordAction: undefined,
  endSessions: undefined,
  clearLockout: undefined,
  searchDirectories: { personIds: ['person-1'], more: false, silent: ['corp'] },
  ...(Object.fromEntries(schedules.map(({ activity }) => [activity, { done: 1 }])) as Record<
    ScheduledActivity,
    { readonly done: number }
  >),
  keepQuestionLists: { done: 3 },
}

/** Activities of a script. `cue`: what some of them wait for. */
export const createMocks = (script: Script, cue: Promise<void> = Promise.resolve()): Activities => {
  const calls = new Map<string, number>()
  const answers: Readonly<Record<string, unknown>> = { ...usual, ...script }
  const mock = (name: string) => async (): Promise<unknown> => {
    const call = (calls.get(name) ?? 0) + 1
    calls.set(name, call)
    const answer = answers[name]
    return typeof answer === 'function'
      ? (answer as (call: number, cue: Promise<void>) => unknown)(call, cue)
      : answer
  }
  return Object.fromEntries(Object.keys(usual).map((name) => [name, mock(name)])) as unknown as Activities
}
