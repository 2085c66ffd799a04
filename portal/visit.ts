import { createSignal } from 'solid-js'
import { createClient, ProblemError } from '#api/contract/client.ts'
import { portalRoutes, publicRoutes } from '#api/contract/routes-portal.ts'
import type { StepAnswer } from '#api/contract/portal.ts'
import type { CallInput, CallOutput } from '#api/contract/types.ts'

const routes = { ...portalRoutes, ...publicRoutes }
type Name = keyof typeof routes

/** What the page shows besides a step: nothing yet, no way in, or trouble that may pass. */
export type Trouble = 'dead_link' | 'no_session' | 'offline' | 'busy' | null

/** One visit of the portal: the step to render, and calls that lead to the next. The server owns the order. */
export const createVisit = (token: string | null, fetchWith: typeof fetch = (...args) => fetch(...args)) => {
  const call = createClient(routes)({ fetch: fetchWith })
  const [answer, setAnswer] = createSignal<StepAnswer | null>(null)
  const [trouble, setTrouble] = createSignal<Trouble>(null)
  const [isWorking, setWorking] = createSignal(false)
  const [wrongTry, setWrongTry] = createSignal(0)

  const attempt = async <T>(work: () => Promise<T>): Promise<T | null> => {
    setWorking(true)
    try {
      const result = await work()
      setTrouble(null)
      return result
    } catch (error) {
      setTrouble(troubleOf(error))
      return null
    } finally {
      setWorking(false)
    }
  }

  /** Calls a route that answers with the next step and shows it. */
  const go = async <N extends Name>(name: N, input: CallInput<N>): Promise<CallOutput<N> | null> => {
    const result = await attempt(() => call(name, input))
    if (isStepAnswer(result)) setAnswer(() => result)
    return result
  }

  /** The way in: a link's token, else the session this browser already has. */
  const enter = async (): Promise<void> => {
    if (token !== null) {
      const opened = await go('public.openLink', { body: { token, confirmed: false } })
      if (opened !== null || trouble() !== 'dead_link') return
    }
    const resumed = await go('portal.step', {})
    if (resumed === null && trouble() === 'no_session' && token !== null) setTrouble('dead_link')
  }

  const submitCode = async (code: string, language: 'en' | 'de'): Promise<void> => {
    if (token === null) return
    const result = await attempt(() => call('public.submitCode', { body: { token, code, language } }))
    if (result === null) return
    setAnswer(result.answer)
    setWrongTry(result.accepted ? 0 : wrongTry() + 1)
  }

  return { answer, trouble, isWorking, wrongTry, token, go, call, enter, submitCode }
}

/** What `createVisit` gives. */
export type Visit = ReturnType<typeof createVisit>

const isStepAnswer = (value: unknown): value is StepAnswer =>
  typeof value === 'object' && value !== null && 'step' in value

const troubleOf = (error: unknown): Trouble => {
  if (!(error instanceof ProblemError)) return 'offline'
  const { status } = error.problem
  if (status === 401) return 'no_session'
  if (status === 404 || status === 410) return 'dead_link'
  return 'busy'
}
