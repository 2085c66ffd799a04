import { ProblemError } from '#api/contract/client.ts'
import type { Problem } from '#api/contract/problem.ts'
import type { RouteName } from '#api/contract/routes.ts'
import type { CallOutput } from '#api/contract/types.ts'
import type { Role } from '#domain/roles.ts'
import {
  closedPanel,
  dashboardOf,
  evidence,
  listOf,
  livePanel,
  matchCode,
  peopleFound,
  personCard,
  scoredPanel,
  sendOptions,
  sessionOf,
  transcript,
} from './fixtures.ts'

type Name = Extract<RouteName, `console.${string}`>
/** Answers by route; each is what the contract says. */
export type Answers = { readonly [N in Name]?: (params: Readonly<Record<string, string>>) => CallOutput<N> }

/** A refusal with this code. */
export const refusing =
  (code: string, status = 409) =>
  (): never => {
    const problem: Problem = { type: 'about:blank', title: code, status, code, requestId: 'fixture' }
    throw new ProblemError(problem)
  }

const panels = [livePanel, closedPanel, scoredPanel]

/** What the console gets when all is well. */
export const answersFor = (role: Role): Answers => ({
  'console.session': () => sessionOf(role),
  'console.signOut': () => ({ done: true, providerUrl: null }),
  'console.searchPeople': () => peopleFound,
  'console.personCard': () => personCard,
  'console.sendOptions': () => sendOptions,
  'console.startVerification': () => ({
    verificationId: livePanel.row.id,
    status: 'recorded',
    state: 'link_sent',
    delivery: 'accepted',
    contactMasked: '••• 42',
    linkExpiresAt: matchCode.expiresAt,
  }),
  'console.listVerifications': () => listOf(50, role),
  'console.verification': ({ verificationId }) =>
    panels.find((panel) => panel.row.id === verificationId) ?? scoredPanel,
  'console.transcript': () => transcript,
  'console.evidence': () => evidence,
  'console.matchCode': () => matchCode,
  'console.decide': () => ({ status: 'recorded', state: 'closed', outcome: 'failed', decision: 'refused' }),
  'console.label': () => ({ done: true }),
  'console.dashboard': () => dashboardOf(30),
})
