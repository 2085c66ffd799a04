import { createSignal } from 'solid-js'
import type { EnrolmentPage, EnrolmentProblem } from '#api/contract/passkeys.ts'
import { enrolmentRoutes } from '#api/contract/routes-portal-later.ts'
import { makePasskey } from '#platform/ui/passkey.ts'
import type { Trouble } from './view.ts'
import { isOver, knowRoutes, troubleOf, type Visit } from './visit.ts'

knowRoutes(enrolmentRoutes)

/** The trouble that the page has words for. */
export type Problem = EnrolmentProblem | 'over' | 'failed'

const problems: readonly string[] = [
  'weak',
  'stale',
  'unanswered',
  'not_possible',
] satisfies EnrolmentProblem[]

/** The reason that the address gives for a sign-in that opened nothing; it is shown once. */
const takeSaid = (): EnrolmentProblem | null => {
  const said = new URLSearchParams(location.search).get('said')
  if (said !== null) history.replaceState(null, '', location.pathname)
  return said !== null && problems.includes(said) ? (said as EnrolmentProblem) : null
}

/** Has the device make a passkey. True: it is kept, and the page says so. */
const isMade = async (call: Visit['call'], show: (page: EnrolmentPage) => void): Promise<boolean> => {
  const made = await makePasskey(await call('public.beginOwnPasskey', { body: {} }))
  if (made === null) return false
  show(await call('public.addOwnPasskey', { body: made }))
  return true
}

/** The state and the acts of the page where people set up a passkey before they need it. */
export const createEnrolment = ({ call, setBrand }: Pick<Visit, 'call' | 'setBrand'>) => {
  const [page, setPage] = createSignal<EnrolmentPage | null>(null)
  const [problem, setProblem] = createSignal<Problem | null>(takeSaid())
  const [trouble, setTrouble] = createSignal<Trouble | null>(null)
  const [isWorking, setWorking] = createSignal(false)

  const show = (next: EnrolmentPage): void => {
    if (next.kind !== 'start') setBrand(next.brand)
    setPage(next)
  }
  const read = async (): Promise<EnrolmentPage> => {
    const next = await call('public.enrolment', { body: {} })
    show(next)
    return next
  }
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    if (isWorking()) return
    setWorking(true)
    setTrouble(null)
    try {
      await work()
    } catch (error) {
      setTrouble(troubleOf(error))
    } finally {
      setWorking(false)
    }
  }
  const open = (): Promise<void> => attempt(async () => void (await read()))
  /** Leaves for the organisation's own sign-in page. */
  const signIn = (leave: (url: string) => void): Promise<void> =>
    attempt(async () => {
      setProblem(null)
      const begun = await call('public.signInToEnrol', { body: {} }).catch((error: unknown) => {
        if (isOver(error)) return null
        throw error
      })
      if (begun === null) await read()
      else if (begun.url === null) setProblem('unanswered')
      else leave(begun.url)
    })
  const make = (): Promise<void> =>
    attempt(async () => {
      setProblem(null)
      const isDone = await isMade(call, show).catch((error: unknown) => {
        if (isOver(error)) return false
        throw error
      })
      if (!isDone) setProblem((await read()).kind === 'start' ? 'over' : 'failed')
    })
  const leave = (): Promise<void> =>
    attempt(async () => {
      setProblem(null)
      await call('public.leaveEnrolment', { body: {} })
      await read()
    })
  return { page, problem, trouble, isWorking, open, signIn, make, leave }
}

/** The state and the acts of `createEnrolment`. */
export type Enrolling = ReturnType<typeof createEnrolment>
