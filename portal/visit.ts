import { createClient, ProblemError } from '#api/contract/client.ts'
import type { Route } from '#api/contract/routes.ts'
import { portalRoutes, publicRoutes } from '#api/contract/routes-portal.ts'
import type {
  approvalRoutes,
  enrolmentRoutes,
  helpRoutes,
  laterRoutes,
  reportRoutes,
} from '#api/contract/routes-portal-later.ts'
import { proofHeader, type ProvenAct } from '#domain/risk/device-proof.ts'
import type { StepAnswer } from '#api/contract/portal.ts'
import type { CallInput, CallOutput } from '#api/contract/types.ts'
import type { Tab } from './tab.ts'
import { createView } from './view.ts'

const known: Record<string, Route> = { ...portalRoutes, ...publicRoutes }
type More =
  | typeof laterRoutes
  | typeof approvalRoutes
  | typeof reportRoutes
  | typeof helpRoutes
  | typeof enrolmentRoutes
const routes = known as typeof portalRoutes &
  typeof publicRoutes &
  typeof laterRoutes &
  typeof approvalRoutes &
  typeof reportRoutes &
  typeof helpRoutes &
  typeof enrolmentRoutes
type Name = keyof typeof routes

/** Routes that only late steps or other pages call come with their file: the first response holds none of them. */
export const knowRoutes = (more: More): void => {
  Object.assign(known, more)
}

let sign: (act: ProvenAct) => Promise<string | null> = () => Promise.resolve(null)

/** Every act of a session is signed; what signs comes with the later steps, before which there is no act. */
export const signActsWith = (signer: typeof sign): void => {
  sign = signer
}

/** The trouble of a call in the words of the page: nothing arrived, or it was refused for now. */
export const troubleOf = (error: unknown): 'offline' | 'busy' =>
  error instanceof ProblemError ? 'busy' : 'offline'

/** Refusals that say: not this step, not this link, not this session. */
export const isOver = (error: unknown): boolean =>
  error instanceof ProblemError && [401, 404, 409].includes(error.problem.status)

type Ending = Extract<StepAnswer['step'], { kind: 'ended' }>['ending']

/** The page that the server gave when this link ended. */
const endedAs = (ending: Ending, brand: StepAnswer['brand'] | null): StepAnswer => ({
  brand: brand ?? { name: '', accent: null, helpdeskPhone: null },
  step: { kind: 'ended', ending, feedbackGiven: false },
  reportDigits: null,
})

/** Adds the proof of the device key, once there is a session. */
const signed =
  (fetchWith: typeof fetch, nonceNow: () => string | undefined): typeof fetch =>
  async (path, init = {}) => {
    const nonce = nonceNow()
    const { method = '', body, headers } = init
    if (nonce === undefined || typeof body !== 'string') return fetchWith(path, init)
    const proof = await sign({ method, path: path as string, nonce, body })
    return fetchWith(path, proof === null ? init : { ...init, headers: { ...headers, [proofHeader]: proof } })
  }

/** One visit of the portal: the step to render, and calls that lead to the next. The server owns the order. */
export const createVisit = (tab: Tab, fetchWith: typeof fetch = (...args) => fetch(...args)) => {
  const { token } = tab
  const { read, show, setBrand, setTrouble, setWorking } = createView(tab)
  const call = createClient(routes)({ fetch: signed(fetchWith, () => read.answer()?.nonce) })
  /** Rises with every call that acts; the answer of an earlier call then comes too late to be shown. */
  let turn = 0
  let underWay: Name | null = null
  let refused: number | null = null

  const attempt = async <N extends Name>(name: N, input: CallInput<N>, mine: number) => {
    try {
      const result = await call(name, input)
      if (mine === turn) show(name, result)
      return result
    } catch (error) {
      refused = error instanceof ProblemError ? error.problem.status : null
      if (mine === turn) await cope(name, error)
      return null
    }
  }

  /** A step that is over, or a link that is used up: the session answers with the participant's step. */
  const cope = async (name: Name, error: unknown): Promise<void> => {
    if (!isOver(error)) setTrouble(troubleOf(error))
    else if (name !== 'portal.step') await attempt('portal.step', {}, turn)
    else setTrouble(token === null ? 'no_session' : 'dead_link')
  }

  /** Makes a call and shows the step it leads to. Undefined: done, without an answer; null: not done. */
  const go = async <N extends Name>(name: N, input: CallInput<N>): Promise<CallOutput<N> | null> => {
    // Pressed twice: a button keeps the focus while it works, so it can be.
    if (read.isWorking() && name === underWay) return null
    const mine = ++turn
    underWay = name
    setWorking(true)
    const result = await attempt(name, input, mine)
    if (mine === turn) setWorking(false)
    return result
  }

  /** Asks for the participant's step again, without disturbing what they do. */
  const refresh = async (): Promise<void> => {
    if (!read.isWorking()) await attempt('portal.step', {}, turn)
  }

  /** The way in: a link's token, else the session this browser already has, else the end that this tab has seen. */
  const enter = async (): Promise<void> => {
    if (token !== null) await go('public.openLink', { body: { token } })
    else if (tab.end === null) await go('portal.step', {})
    else show('', endedAs(tab.end as Ending, read.brand()))
  }
  /** The status with which the last call that failed was refused; null: nothing arrived. */
  const refusedAs = (): number | null => refused

  return { ...read, tab, token, setBrand, go, call, refresh, enter, refusedAs }
}

/** The state and the acts of `createVisit`. */
export type Visit = ReturnType<typeof createVisit>
