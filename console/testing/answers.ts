import { ProblemError } from '#api/contract/client.ts'
import type { Problem } from '#api/contract/problem.ts'
import { consoleRoutes } from '#api/contract/routes-console.ts'
import type { RouteName } from '#api/contract/routes.ts'
import type { CallOutput } from '#api/contract/types.ts'
import type { Role } from '#domain/roles.ts'
import { dashboardOf } from './dashboard.ts'
import { listOf, peopleFound, personCard, sendOptions, sessionOf } from './fixtures.ts'
import { closedPanel, evidence, livePanel, matchCode, transcript } from './panels.ts'
import { scoredPanel } from './scored-panel.ts'

type Name = Extract<RouteName, `console.${string}`>
/** Answers by route; each is what the contract says, at once or later. */
export type Answers = {
  readonly [N in Name]?: (params: Readonly<Record<string, string>>) => CallOutput<N> | Promise<CallOutput<N>>
}

/** A refusal with this code, and slots for its sentence. */
export const refusing =
  (code: string, status = 409, slots: Problem['slots'] = undefined) =>
  (): never => {
    const problem: Problem = { type: 'about:blank', title: code, status, code, slots, requestId: 'fixture' }
    throw new ProblemError(problem)
  }

const panels = [livePanel, closedPanel, scoredPanel]

/** The answers that the console gets when all is well. */
export const answersFor = (role: Role): Answers => ({
  'console.session': () => sessionOf(role),
  'console.signOut': () => ({ done: true, providerUrl: null }),
  'console.searchPeople': () => peopleFound,
  'console.searchDirectories': () => ({ people: [], more: false, silent: [] }),
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
  'console.secondApprovers': () => ({ byRole: [], namings: [], nameable: [] }),
  'console.queue': () => ({ items: [], more: false }),
  'console.savedViews': () => ({ views: [] }),
  'console.deleteView': () => ({ done: true }),
  'console.verification': ({ verificationId }) =>
    panels.find((panel) => panel.row.id === verificationId) ?? scoredPanel,
  'console.transcript': () => transcript,
  'console.evidence': () => evidence,
  'console.matchCode': () => matchCode,
  'console.decide': () => ({
    ...{ status: 'recorded' as const, state: 'closed', outcome: 'failed' },
    ...{ decision: 'refused', awaitsSecondUntil: null },
  }),
  'console.review': () => ({ waiting: 0, next: null }),
  'console.label': () => ({ done: true }),
  'console.dashboard': () => dashboardOf(30),
})

const paramsOf = (path: string, url: string): Record<string, string> | null => {
  const [wanted, given] = [path.split('/'), url.split('/')]
  if (wanted.length !== given.length) return null
  const params: Record<string, string> = {}
  const fits = wanted.every((part, index) => {
    if (!part.startsWith(':')) return part === given[index]
    params[part.slice(1)] = given[index] ?? ''
    return true
  })
  return fits ? params : null
}

/** The answer to a request, or null where there is no such route or no answer for it. */
export const answerTo = (
  answers: Answers,
  method: string,
  path: string,
): { name: string; status: number; body: unknown } | null => {
  for (const [name, route] of Object.entries(consoleRoutes)) {
    const params = route.method === method ? paramsOf(route.path, path) : null
    const found = answers[name as keyof Answers] as ((given: Record<string, string>) => unknown) | undefined
    if (params === null || found === undefined) continue
    try {
      return { name, status: 200, body: found(params) }
    } catch (error) {
      if (error instanceof ProblemError) return { name, status: error.problem.status, body: error.problem }
      throw error
    }
  }
  return null
}
